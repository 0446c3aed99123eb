/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to say about each error: base/err_codes.def joined with the pages of explain.def. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "arena.h"
#include "err.h"

/* Texts of explain.def; NULL for a row without a page, of which there is none (tests/base/test_explain.c). */
struct explain_page { const char *cause, *example, *remedy; };

struct explanation {
	int number;
	const char *id, *title;		/* "MS1105"; in a few words */
	int code;			/* -MS_E... */
	const struct explain_page *page;
};

/* All of them, by number. */
extern const struct explanation explanations[];
extern const size_t explanation_count;

/* "MS1105", "ms1105" or "1105"; NULL if there is none. */
const struct explanation *explanation_find(const char *word);

/* What the hundred codes are about that it belongs to. */
const char *explanation_area(const struct explanation *x);

/* The exit status of a command that fails with it. */
int explanation_status(const struct explanation *x);

/* Who failed has not said what to do: then what helps against all of its kind, from its page, as a fix reads.  Does nothing to a failure that has a fix. */
void explanation_usual_fix(struct err *e, struct arena *a);

/* All pages as Markdown, which is docs/errors.md. */
char *explanation_manual(struct arena *a);

#endif
