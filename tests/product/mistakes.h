/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes in a file that somebody wrote: each is refused with its place, what is wrong, and what to do. */
#ifndef MISTAKES_H
#define MISTAKES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "arena.h"
#include "err.h"

struct mistake {
	const char *text;
	int line, column;
	const char *sentence, *fix;	/* parts of them; fix "" when there is none */
};

typedef int mistake_reader(const char *text, struct arena *a, struct err *e);

static inline bool mistake_is_named(const struct mistake *m, const char *file, mistake_reader *read)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	int rc = read(m->text, &a, &e);
	bool named = rc == -MS_EPROJECT && e.code == rc && e.line == m->line && e.column == m->column && !strcmp(e.file, file) &&
		     strstr(e.text, m->sentence) && strstr(e.fix, m->fix);

	if (!named)
		print_error("%s\ngives %d at %d:%d: %s (%s)\nnot %d:%d: %s (%s)\n\n", m->text, rc, e.line, e.column, e.text, e.fix,
			    m->line, m->column, m->sentence, m->fix);
	arena_done(&a);
	return named;
}

static inline void mistakes_are_named(const struct mistake mistakes[], size_t count, const char *file, mistake_reader *read)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++)
		wrong += !mistake_is_named(&mistakes[i], file, read);
	assert_int_equal(wrong, 0);
}

#endif
