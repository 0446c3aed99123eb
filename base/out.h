/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The output layer: the one place that prints.
 *
 * For a person: results on stdout, talk on stderr, progress on a terminal
 * only, colour by the usual rules (a terminal, NO_COLOR, TERM=dumb, --color).
 * With --json: one JSON object a line on stdout (docs/json.md), nothing else,
 * ending with exactly one {"v":1,"type":"result",...}.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <jansson.h>

#include "err.h"

enum out_colour { OUT_AUTO, OUT_ALWAYS, OUT_NEVER };
struct out_options { bool json, quiet; int verbose; enum out_colour colour; };

void out_init(const char *verb, const struct out_options *o);
bool out_is_json(void);

/* A line of the result; with --json nothing is printed (give the facts to out_event or out_field). */
void out_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of talk on stderr: what was done, what to do next.  Not with --quiet or --json. */
void out_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Likewise, only with -v. */
void out_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A warning: stderr, and with --json an event of type "warning". */
void out_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What is going on now, overwritten by the next; on a terminal only.  NULL wipes it. */
void out_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* With --json: an event {"v":1,"type":type, ...fields}. Takes ownership of fields (jansson object). */
void out_event(const char *type, json_t *fields);

/* With --json: a field of the final result.  Takes ownership of value. */
void out_field(const char *name, json_t *value);

/* The end of the program: prints the failure if there is one (person: "ms verb: ..." with place, caret and fix), the final result with --json; returns the exit status. */
int out_finish(const struct err *e, int exit_status);

/* Style for a person's eyes: "" when colour is off. */
const char *out_bold(void);
const char *out_red(void);
const char *out_green(void);
const char *out_yellow(void);
const char *out_dim(void);
const char *out_reset(void);

#endif
