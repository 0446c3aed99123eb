/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one locale that there is, "C" or "POSIX".  (The C library takes any name of a language and a country for that, where POSIX
 * wants NULL.)  "" is what the environment says: LC_ALL, the category's own variable or LANG, and the one that there is if they say nothing.
 */
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const variables[] = {
	[LC_COLLATE] = "LC_COLLATE", [LC_CTYPE] = "LC_CTYPE", [LC_MESSAGES] = "LC_MESSAGES", [LC_MONETARY] = "LC_MONETARY", [LC_NUMERIC] = "LC_NUMERIC", [LC_TIME] = "LC_TIME",
};
enum { CATEGORIES = sizeof(variables) / sizeof(*variables) };

static bool is_the_one(const char *name)
{
	return strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

static bool environment_says_so(int category)
{
	const char *const names[] = { "LC_ALL", variables[category], "LANG" };

	for (size_t i = 0; i < 3; i++) {
		const char *value = names[i] ? getenv(names[i]) : NULL;

		if (value && *value)
			return is_the_one(value);
	}
	return true;
}

char *setlocale(int category, const char *name)
{
	static char one[] = "C";

	if (category < 0 || category >= CATEGORIES || (category != LC_ALL && !variables[category]))
		return NULL;
	if (!name || is_the_one(name))
		return one;
	if (*name)
		return NULL;
	for (int i = category == LC_ALL ? 0 : category; i < (category == LC_ALL ? CATEGORIES : category + 1); i++)
		if (!environment_says_so(i))
			return NULL;
	return one;
}
