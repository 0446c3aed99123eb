/* SPDX-License-Identifier: Apache-2.0 */
/* What ms says about itself: made from verbs.def and the verbs' pages. */
#ifndef HELP_H
#define HELP_H

#include "verbs.h"

/* Explain a verb or a command of one, or all of ms when it is NULL, on stdout; with --json as fields of the result. */
int help_print(const struct verb *v, struct arena *a);

/* "ms 0.1.0" on stdout. */
int version_print(void);

/* "ms build [OPTION...] [DIR]", "ms product add [OPTION...] PACKAGE..." */
char *help_usage(const struct verb *v, struct arena *a);

/* Print the words of a text from column `indent` on, behind what the first line begins with. */
void help_wrapped(const char *begun, int indent, const char *text, struct arena *a);

/* Statuses that every verb may end with; one with status 0 and when NULL ends them. */
extern const struct status help_statuses[];

/* The further ones that some verb may end with. */
extern const struct status help_more_statuses[];

/* Environment variables that ms reads. */
extern const struct example help_environment[];

/* What ms is, in a line and in paragraphs, and how to begin. */
extern const char help_purpose[], help_about[];
extern const struct example help_examples[];

/* Every verb's page as JSON: what tests and editors read. */
json_t *help_json(const struct verb *v);

#endif
