/* SPDX-License-Identifier: Apache-2.0 */
#include "category.h"

#include <stddef.h>
#include <string.h>

enum { NUMBERS = 32 };

static const struct { const char *name, *title; } known[NUMBERS] = {
#define CATEGORY(number, name, title, what) [number] = { #name, title },
#include "categories.def"
#undef CATEGORY
};

const char category_choices[] =
#define CATEGORY(number, name, title, what) "|" #name
#include "categories.def"
#undef CATEGORY
;

uint32_t category_bit(const char *name)
{
	for (unsigned i = 0; i < NUMBERS; i++)
		if (known[i].name && !strcmp(known[i].name, name))
			return UINT32_C(1) << i;
	return 0;
}

const char *category_name(unsigned number)
{
	return number < NUMBERS ? known[number].name : NULL;
}

const char *category_title(unsigned number)
{
	return number < NUMBERS ? known[number].title : NULL;
}

bool category_is_word(const char *name)
{
	size_t size = strlen(name);

	return size >= 2 && size <= CATEGORY_NAME_MAX && strspn(name, "abcdefghijklmnopqrstuvwxyz-") == size;
}
