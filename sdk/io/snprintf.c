/* SPDX-License-Identifier: Apache-2.0 */
/* Formatted text into memory of a size that is said, which the C library's do not refuse where an int cannot count it. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

struct text {
	FILE file;
	char *at, *last;	/* the last is for the end */
};

/* What does not fit is counted, not kept. */
static int text_put(char c, FILE *f)
{
	struct text *t = (struct text *)f;

	if (t->at < t->last)
		*t->at++ = c;
	return (unsigned char)c;
}

int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list args)
{
	struct text t = { .file = FDEV_SETUP_STREAM(text_put, NULL, NULL, _FDEV_SETUP_WRITE), .at = to, .last = size ? to + size - 1 : to };
	int n;

	if (size > INT_MAX) {
		errno = EOVERFLOW;
		return -1;
	}
	n = vfprintf(&t.file, format, args);
	if (size)
		*t.at = 0;
	return n;
}

int snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vsnprintf(to, size, format, args);
	va_end(args);
	return n;
}
