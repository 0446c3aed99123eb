/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_COUNT = 50, LINE_SIZE = 512 };

/* Large, and not on the kernel's pages, which are opened and closed at each call. */
__attribute__((section("ms_open")))
static struct {
	char line[LINE_MAX_COUNT][LINE_SIZE];
	size_t count;			/* all there were; the last of them are kept */
	char open[LINE_SIZE];
	size_t open_size;
	char summary[LINE_SIZE];
	char frame[LINE_SIZE];		/* of the report that is being read */
	bool in_dump;			/* of the address sanitizer's own records */
} said;

void said_clear(void)
{
	said.count = said.open_size = 0;
	said.in_dump = false;
	*said.summary = *said.frame = '\0';
}

static bool starts_with(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Lines of cmocka that say nothing which the report does not say better, and of the sanitizers that say nothing to an author. */
static bool is_frame(const char *line)
{
	static const char *const heads[] = {
		"[==========]", "[ RUN      ]", "[       OK ]", "[  PASSED  ]", "[  FAILED  ] ", "[  SKIPPED ]", "[  SKIPPED  ]", "=====",
	};
	static const char *const parts[] = {
		" FAILED TEST(S)", " in __libc_start_", " in _start ", "libcmocka.so", "HINT: this may be a false", "C++ exceptions *are*",
		" hostsim/", " sdk/lib/", "==ABORTING",
	};

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (starts_with(line, heads[i]))
			return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strstr(line, parts[i]))
			return true;
	return false;
}

/* "==1234==ERROR: ..." has the number of a process that nobody knows. */
static const char *without_heads(const char *line)
{
	static const char *const heads[] = { "[  ERROR   ] --- ", "[   LINE   ] --- ", "[  ERROR   ] " };
	size_t digits = starts_with(line, "==") ? strspn(line + 2, "0123456789") : 0;

	if (digits && starts_with(line + 2 + digits, "=="))
		line += digits + 4;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (starts_with(line, heads[i]))
			line += strlen(heads[i]);
	return line;
}

/* The first frame of a report that is an author's: "    #1 0x401234 in copy src/main.c:12". */
static void note_frame(const char *line)
{
	const char *at = strstr(line, " in ");

	if (starts_with(line, "ERROR: "))
		*said.frame = '\0';
	if (!*said.frame && starts_with(line, "    #") && at && strchr(at, ':'))
		strcpy(said.frame, at);
}

/*
 * One line for all.  The undefined-behaviour sanitizer's own says less than
 * its first; the address sanitizer's names our function that checks for the C library's.
 */
static void sum_up(const char *line)
{
	static const char head[] = "SUMMARY: AddressSanitizer: ";
	const char *kind = line + strlen(head);

	if (strstr(line, ": runtime error: "))
		strcpy(said.summary, line);
	if (!starts_with(line, head))
		return;
	if (*said.frame && !strstr(line, " leaked in "))
		snprintf(said.summary, sizeof(said.summary), "AddressSanitizer: %.*s%.400s", (int)strcspn(kind, " "), kind, said.frame);
	else
		strcpy(said.summary, line + strlen("SUMMARY: "));
}

static void end_line(void)
{
	const char *words;

	said.open[said.open_size] = '\0';
	said.open_size = 0;
	words = without_heads(said.open);
	sum_up(words);
	said.in_dump = starts_with(words, "Shadow bytes around") || (said.in_dump && (starts_with(words, "  0x") || starts_with(words, "=>")));
	if (said.in_dump || is_frame(said.open))
		return;
	note_frame(words);
	if (*words || said.count)
		strcpy(said.line[said.count++ % LINE_MAX_COUNT], words);
}

void said_add(const char *bytes, size_t size)
{
	for (; size; size--, bytes++) {
		if (*bytes == '\n')
			end_line();
		else if (said.open_size < LINE_SIZE - 1)
			said.open[said.open_size++] = *bytes == '\t' ? ' ' : (*bytes & 0x60) && *bytes != 0x7f ? *bytes : '?';
	}
}

void said_each(void (*f)(void *context, const char *line), void *context)
{
	char more[64];

	if (said.open_size)
		end_line();
	while (said.count && !*said.line[(said.count - 1) % LINE_MAX_COUNT])
		said.count--;
	size_t from = said.count > LINE_MAX_COUNT ? said.count - LINE_MAX_COUNT : 0;

	if (from) {
		snprintf(more, sizeof(more), "(%zu lines before these)", from);
		f(context, more);
	}
	for (size_t i = from; i < said.count; i++)
		f(context, said.line[i % LINE_MAX_COUNT]);
}

void said_summary(char *to, size_t size)
{
	snprintf(to, size, "%s", said.summary);
}
