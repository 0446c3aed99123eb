/* SPDX-License-Identifier: Apache-2.0 */
#include "importwords.h"

#include <stdlib.h>
#include <string.h>

static const struct row { const char *name; bool everywhere; struct import_remark remark; } rows[] = {
#define NEED(name, need, text) { name, false, { text, NEED_##need } },
#define WORD(name, text) { name, true, { text, NEED_NOTHING } },
#define FOREIGN(name)
#include "importwords.def"
#undef NEED
#undef WORD
#undef FOREIGN
};

static const struct row *find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	return NULL;
}

const struct import_remark *importwords_find(const char *name)
{
	const struct row *row = find(name);

	return row ? &row->remark : NULL;
}

bool importwords_told(const char *name)
{
	const struct row *row = find(name);

	return row && (row->everywhere || row->remark.need == NEED_HEAP);
}

bool importwords_foreign(const char *name)
{
	static const char *const macros[] = {
#define NEED(name, need, text)
#define WORD(name, text)
#define FOREIGN(name) name,
#include "importwords.def"
#undef NEED
#undef WORD
#undef FOREIGN
	};

	for (size_t i = 0; i < sizeof(macros) / sizeof(*macros); i++)
		if (!strcmp(macros[i], name))
			return true;
	return false;
}

/* Armv6-M to Armv8-M: peripherals, and the system's own. */
bool importwords_register(const char *number)
{
	unsigned long value = strtoul(number, NULL, 0);

	return (value >= 0x40000000 && value < 0x60000000) || (value >= 0xe0000000 && value < 0xe0100000);
}
