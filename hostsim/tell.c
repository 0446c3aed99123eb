/* SPDX-License-Identifier: Apache-2.0 */
#include "tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FRAME_MAX = 1024 };

/* Frames of tests that passed in one process go out together.  Large. */
__attribute__((section("ms_open")))
static struct {
	char text[16384];
	size_t size;
} waiting;

void tell_waiting(void)
{
	for (size_t at = 0; at < waiting.size;) {
		ssize_t size = write(STDOUT_FILENO, waiting.text + at, waiting.size - at);

		if (size <= 0)
			exit(2);
		at += (size_t)size;
	}
	waiting.size = 0;
}

/* One frame.  What it carries is one line already. */
__attribute__((format(printf, 2, 0)))
static void put(const char *word, const char *format, va_list args)
{
	char line[FRAME_MAX];
	int size = (int)strlen(word);

	memcpy(line, word, (size_t)size);
	line[size++] = ' ';
	size += vsnprintf(line + size, sizeof(line) - (size_t)size - 1, format, args);
	if ((size_t)size > sizeof(line) - 2)
		size = sizeof(line) - 2;
	line[size++] = '\n';
	if (waiting.size + (size_t)size > sizeof(waiting.text))
		tell_waiting();
	memcpy(waiting.text + waiting.size, line, (size_t)size);
	waiting.size += (size_t)size;
}

void tell_later(const char *word, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put(word, format, args);
	va_end(args);
}

void tell(const char *word, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put(word, format, args);
	va_end(args);
	tell_waiting();
}
