/* SPDX-License-Identifier: Apache-2.0 */
#include "fact.h"

#include <string.h>

const char *fact_take(char **at, const char *name)
{
	size_t size = strlen(name);
	char *line = *at, *end = strchr(line, '\n');

	if (!end || strncmp(line, "# ", 2) || strncmp(line + 2, name, size) || strncmp(line + 2 + size, ": ", 2))
		return NULL;
	*end = '\0';
	*at = end + 1;
	return line + 2 + size + 2;
}

void fact_add_hex(struct text *t, struct arena *a, const uint8_t *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		text_add(t, a, "%02x", at[i]);
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool fact_from_hex(const char *text, uint8_t *out, size_t size)
{
	if (!text || strlen(text) != 2 * size)
		return false;
	for (size_t i = 0; i < size; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}
