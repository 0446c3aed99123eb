/* SPDX-License-Identifier: Apache-2.0 */
#include "complain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "backtrace.h"
#include "origin.h"

void complain(const char *format, ...)
{
	struct origin p = origin_of(backtrace_test());
	va_list args;
	char text[512];

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	print_error("%s\n", text);
	_fail(p.file ? p.file : "test", p.line);
	__builtin_unreachable();
}
