/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options from a table: the rows stand beside the variables they set, and
 * parser, help, manual page and completion are all made from them.
 * POSIX syntax and GNU long options; "--" ends options.
 */
#ifndef OPT_H
#define OPT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

enum opt_kind { OPT_END_OF_TABLE, OPT_IS_FLAG, OPT_IS_COUNT, OPT_IS_TEXT, OPT_IS_LIST, OPT_IS_NUMBER };
enum opt_complete { OPT_ANY, OPT_FILE, OPT_FOLDER, OPT_BOARD, OPT_VERB, OPT_CHOICE };

struct opt {
	enum opt_kind kind;
	char letter;		/* 0: none */
	const char *name;	/* long name without dashes */
	const char *value;	/* metavariable, "DIR"; NULL for flags */
	void *to;		/* bool*, int*, const char**, struct list* or uint32_t* */
	enum opt_complete complete;
	const char *choices;	/* for OPT_CHOICE: "a|b|c" */
	uint32_t min, max;	/* for numbers */
	const char *help;	/* one line, lower case, no full stop */
};

#define OPT_FLAG(l, n, p, h) { .kind = OPT_IS_FLAG, .letter = (l), .name = (n), .to = (p), .help = (h) }
#define OPT_COUNT(l, n, p, h) { .kind = OPT_IS_COUNT, .letter = (l), .name = (n), .to = (p), .help = (h) }
#define OPT_TEXT(l, n, v, p, c, h) { .kind = OPT_IS_TEXT, .letter = (l), .name = (n), .value = (v), .to = (p), .complete = (c), .help = (h) }
#define OPT_LIST(l, n, v, p, c, h) { .kind = OPT_IS_LIST, .letter = (l), .name = (n), .value = (v), .to = (p), .complete = (c), .help = (h) }
#define OPT_CHOOSE(l, n, p, ch, h) { .kind = OPT_IS_TEXT, .letter = (l), .name = (n), .value = (ch), .to = (p), .complete = OPT_CHOICE, .choices = (ch), .help = (h) }
#define OPT_CHOOSE_ONE(l, n, v, p, ch, h) { .kind = OPT_IS_TEXT, .letter = (l), .name = (n), .value = (v), .to = (p), .complete = OPT_CHOICE, .choices = (ch), .help = (h) }	/* of many: the help says v */
#define OPT_NUMBER(l, n, v, p, lo, hi, h) { .kind = OPT_IS_NUMBER, .letter = (l), .name = (n), .value = (v), .to = (p), .min = (lo), .max = (hi), .help = (h) }
#define OPT_END { .kind = OPT_END_OF_TABLE }

/*
 * Parse argv[1..] by tables, of which NULL is the last; options and operands
 * may be mixed.  Operands are moved to the front of argv from index 1 on and
 * their count is returned (>= 0).  Values are borrowed from argv.  A wrong
 * option is -MS_EUSAGE with the nearest known one in the fix; so is a second
 * value for an option that takes one, and an empty value.
 */
int opt_parse(int argc, char **argv, const struct opt *const tables[], struct arena *a, struct err *e);

/* The option that a word such as "--key=x", "-v" or "-j4" begins with, or NULL; and is the word behind it the value of its last option? */
const struct opt *opt_of(const char *word, const struct opt *table);
bool opt_takes_next(const char *word, const struct opt *table);

/*
 * The nearest of `count` names: within edit distance 2 of `word` (and less
 * than half of either), else one that begins with it; NULL if none is near.
 */
const char *opt_nearest(const char *word, const char *const names[], size_t count);

#endif
