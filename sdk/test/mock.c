/* SPDX-License-Identifier: Apache-2.0 */
/* A test has a start of the program of its own: what is here begins empty. */
#include "mock.h"

#include <string.h>

#include <cmocka.h>

enum { VALUES = 32 };

static struct value {
	enum ms_mock_kind kind;
	const char *function, *parameter, *file;
	uintmax_t value;
	size_t size;			/* of memory that lies at value */
	int line, left;			/* so often; -1: always */
} values[VALUES];

static size_t used;

void ms_mock_put(enum ms_mock_kind kind, const char *function, const char *parameter, uintmax_t value, int count,
		 const char *file, int line)
{
	if (used == VALUES)
		ms_boardtest_fail(file, line, "on a board mocks hold at most %d values", VALUES);
	values[used++] = (struct value){ kind, function, parameter, file, value, 0, line, count };
}

void ms_mock_put_memory(const char *function, const char *parameter, const void *memory, size_t size, const char *file, int line)
{
	ms_mock_put(MS_MOCK_MEMORY, function, parameter, (uintptr_t)memory, 1, file, line);
	values[used - 1].size = size;
}

/* The next that is there for this function and parameter. */
static const struct value *take(const char *function, const char *parameter, const char *file, int line)
{
	for (struct value *v = values; v < values + used; v++) {
		if (!v->left || strcmp(v->function, function) || strcmp(v->parameter, parameter))
			continue;
		if (v->left > 0)
			v->left--;
		return v;
	}
	ms_boardtest_fail(file, line, "nothing is there for '%s'%s%s", function, *parameter ? ", parameter " : "", parameter);
}

uintmax_t ms_mock_take(const char *function, const char *file, int line)
{
	return take(function, "", file, line)->value;
}

void ms_mock_check(const char *function, const char *parameter, uintmax_t value, const char *file, int line)
{
	const struct value *v = take(function, parameter, file, line);

	if (v->kind == MS_MOCK_STRING)
		ms_assert_string(true, (const char *)(uintptr_t)value, (const char *)(uintptr_t)v->value, file, line);
	else if (v->kind == MS_MOCK_MEMORY)
		ms_assert_memory(true, (const void *)(uintptr_t)value, (const void *)(uintptr_t)v->value, v->size, file, line);
	else if (v->kind == MS_MOCK_VALUE)
		ms_assert_number(true, value, v->value, file, line);
}

void mock_end(void)
{
	for (const struct value *v = values; v < values + used; v++)
		if (v->left > 0)
			ms_boardtest_fail(v->file, v->line, "'%s' did not ask for this", v->function);
}
