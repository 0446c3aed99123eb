/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The output layer: the one place that prints.
 *
 * For a person: results on stdout, talk on stderr, progress on a terminal
 * only, colour by the usual rules (a terminal, NO_COLOR, TERM=dumb, --color).
 * With --json: one JSON object a line on stdout (docs/json.md), nothing else,
 * ending with exactly one {"v":1,"type":"result",...}.
 *
 * Nothing that is printed can drive the terminal: whatever is no printable
 * text (printable.h) leaves as '?', but for line feeds, tabs and the styles below.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <jansson.h>

#include "err.h"

enum out_colour { OUT_AUTO, OUT_ALWAYS, OUT_NEVER };
struct out_options { bool json, quiet; int verbose; enum out_colour colour; };

/*
 * Before anything else is printed; again when the options are known.  From
 * then on a reader that went away is an error like any other (SIGPIPE is
 * ignored).  `verb` is borrowed; NULL when it is not known which.
 */
void out_init(const char *verb, const struct out_options *o);
bool out_is_json(void);
bool out_is_quiet(void);

/* Is there a terminal on which out_progress is seen? */
bool out_shows_progress(void);

/* Can the result no longer be written (the reader went away, the disk is full)?  For loops that would go on for nobody. */
bool out_is_lost(void);

/* A line of the result; with --json nothing is printed (give the facts to out_event or out_field). */
void out_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The result itself where it is a text of lines, such as a script, a PEM file or a help text; not with --json. */
void out_text(const char *text);

/* A line of talk on stderr: what was done, what to do next.  Not with --quiet or --json. */
void out_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Likewise, only with -v. */
void out_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A warning: a line on stderr; with --json an event of type "warning" instead. */
void out_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line of another program's words (a compiler's): stderr, also with --quiet; with --json an event of type "words". */
void out_relay(const char *line);

/* What is going on now, overwritten by the next; on a terminal only.  NULL wipes it. */
void out_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * With --json: an event {"v":1,"type":type, ...fields}.  Takes ownership of
 * fields, a jansson object; json_object() if there are none.  NULL, which is
 * what jansson gives for a text that is not UTF-8, is our bug: texts of others
 * go through out_string.
 */
void out_event(const char *type, json_t *fields);

/* With --json: a field of the final result; the last of a name counts.  Takes ownership of value; NULL as above. */
void out_field(const char *name, json_t *value);

/* A JSON text of any bytes, made printable; null for NULL. */
json_t *out_string(const char *text);

/*
 * The end of the program: prints the failure if there is one (person: "ms
 * verb: ..." with place, caret and fix), the final result with --json.
 * Returns the exit status: the failure's (err.h), or `exit_status` if nothing
 * failed; 1 if all was well but could not be printed (without a word about it if
 * the reader went away).
 */
int out_finish(const struct err *e, int exit_status);

/* The end at once where a failure cannot be handed up, such as that of taking memory: takes none itself. */
_Noreturn void out_die(const struct err *e);

/* Style for a person's eyes: "" when colour is off; each stream drops what it does not want. */
const char *out_bold(void);
const char *out_red(void);
const char *out_green(void);
const char *out_yellow(void);
const char *out_dim(void);
const char *out_reset(void);

#endif
