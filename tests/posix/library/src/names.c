/* SPDX-License-Identifier: Apache-2.0 */
/* What is a name and no function: arguments without number, the environment, streams. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "library.h"

extern char **environ;

struct pair { char a; double b; };

/* Each argument as it was promoted, twice: of a copy that was made underway. */
static int sum(int count, ...)
{
	va_list args, copy;
	int total = 0, again = 0;

	va_start(args, count);
	total += va_arg(args, int);
	va_copy(copy, args);
	for (int i = 1; i < count; i++)
		total += va_arg(args, int);
	for (int i = 1; i < count; i++)
		again += va_arg(copy, int);
	va_end(copy);
	va_end(args);
	return total == again + 1 ? total : -1;
}

static int mixed(const char *kinds, ...)
{
	va_list args;
	int wrong = 0;

	va_start(args, kinds);
	for (; *kinds; kinds++)
		switch (*kinds) {
		case 'i': wrong += va_arg(args, int) != -5; break;
		case 'l': wrong += va_arg(args, long long) != INT64_C(-5000000000); break;
		case 'd': wrong += va_arg(args, double) != 1.5; break;
		case 'p': wrong += strcmp(va_arg(args, const char *), "text") != 0; break;
		case 's': wrong += va_arg(args, struct pair).b != 2.5; break;
		}
	va_end(args);
	return wrong;
}

static int arguments_are_taken_one_by_one(void)
{
	struct pair pair = { 'x', 2.5 };

	MUST(sum(1, 1) == 1 && sum(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) == 55);
	MUST(mixed("ildpsi", -5, -5000000000LL, 1.5, "text", pair, -5) == 0 && mixed("ililddid", -5, -5000000000LL, -5, -5000000000LL, 1.5, 1.5, -5, 1.5) == 0 && mixed("") == 0);
	MUST(mixed("pld", "text", -5000000000LL, 1.5f) == 0 && mixed("i", (signed char)-5) == 0);
	return 0;
}

static int the_environment_is_a_list(void)
{
	bool found = false;

	MUST(environ && setenv("LISTED", "yes", 1) == 0);
	for (char **e = environ; *e; e++)
		found |= strcmp(*e, "LISTED=yes") == 0;
	MUST(found && unsetenv("LISTED") == 0);
	for (char **e = environ; *e; e++)
		MUST(strncmp(*e, "LISTED", 6) != 0);
	return 0;
}

static int three_streams_are_there(void)
{
	MUST(stdin && stdout && stderr && stdin != stdout && stdout != stderr && fileno(stdin) == 0 && fileno(stdout) == 1 && fileno(stderr) == 2);
	return 0;
}

const struct row name_rows[] = {
	ROW(va_start, "success", arguments_are_taken_one_by_one),
	ROW(va_arg, "success", arguments_are_taken_one_by_one),
	ROW(va_copy, "success", arguments_are_taken_one_by_one),
	ROW(va_end, "success", arguments_are_taken_one_by_one),
	ROW(environ, "success", the_environment_is_a_list),
	ROW(stdin, "success", three_streams_are_there),
	ROW(stdout, "success", three_streams_are_there),
	ROW(stderr, "success", three_streams_are_there),
	ROWS_END
};
