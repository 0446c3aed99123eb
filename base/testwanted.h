/* SPDX-License-Identifier: Apache-2.0 */
/* Which tests a filter means. */
#ifndef TESTWANTED_H
#define TESTWANTED_H

#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The filter is a pattern for, or a piece of, "program/test"; NULL means all. */
static inline bool testwanted(const char *filter, const char *program, const char *test)
{
	char name[512];

	if (!filter)
		return true;
	snprintf(name, sizeof(name), "%s/%s", program ? program : "", test);
	return strpbrk(filter, "*?[") ? !fnmatch(filter, name, 0) : strstr(name, filter) != NULL;
}

#endif
