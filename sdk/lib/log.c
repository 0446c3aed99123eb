/* SPDX-License-Identifier: Apache-2.0 */
#include <SysCall.h>

#include <stdarg.h>
#include <stdio.h>

int ms_log_format(enum ms_severity severity, const char *format, ...)
{
	char line[MS_LOG_LINE_MAX + 1];
	va_list args;

	va_start(args, format);
	int size = vsnprintf(line, sizeof(line), format, args);
	va_end(args);

	if (size < 0)
		return -MS_EINVAL;
	return ms_log(severity, line, (size_t)size < sizeof(line) ? (size_t)size : sizeof(line) - 1);
}
