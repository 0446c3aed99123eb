/* SPDX-License-Identifier: Apache-2.0 */
#include "panic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void panic(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("ms sim: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}

void panic_errno(const char *what)
{
	panic("%s: %m", what);
}
