/* SPDX-License-Identifier: Apache-2.0 */
/* Spoiling an ELF file in one place: each call gives a changed copy. */
#ifndef ELF_FIXTURE_H
#define ELF_FIXTURE_H

#include "sample_files.h"

#include "elf.h"

enum { FIXTURE_SYMBOL_SIZE = 16 };

/* Where a symbol's entry lies in the file. */
static inline size_t fixture_symbol_at(struct bytes raw, const char *name)
{
	struct elf_file f;
	struct elf_symbol sym;

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	for (uint32_t i = 0; elf_symbol(&f, i, &sym); i++)
		if (sym.name.size == strlen(name) && !memcmp(sym.name.at, name, sym.name.size))
			return (size_t)(f.symbols.at - raw.at) + i * FIXTURE_SYMBOL_SIZE;
	fail_msg("no symbol '%s'", name);
	return 0;
}

static inline void fixture_put32(uint8_t *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(v >> 8 * i);
}

static inline uint8_t *fixture_value(struct bytes raw, const char *symbol, uint32_t value, struct arena *a)
{
	uint8_t *copy = sample_copy(raw, a);

	fixture_put32(copy + fixture_symbol_at(raw, symbol) + 4, value);
	return copy;
}

/* Make a symbol one that is defined nowhere, with this binding and type. */
static inline uint8_t *fixture_undefined(struct bytes raw, const char *symbol, uint8_t info, struct arena *a)
{
	uint8_t *copy = sample_copy(raw, a);

	size_t at = fixture_symbol_at(raw, symbol);

	copy[at + 12] = info;
	copy[at + 14] = copy[at + 15] = 0;
	return copy;
}

/* The first occurrence of a text, replaced by one of the same length or shorter (padded with blanks). */
static inline uint8_t *fixture_replace(struct bytes raw, const char *from, const char *to, struct arena *a)
{
	uint8_t *copy = sample_copy(raw, a);
	uint8_t *at = memmem(copy, raw.size, from, strlen(from));

	assert_non_null(at);
	assert_true(strlen(to) <= strlen(from));
	memset(at, ' ', strlen(from));
	memcpy(at, to, strlen(to));
	return copy;
}

/* The same with a symbol's name, which then nobody looks for. */
static inline uint8_t *fixture_rename(struct bytes raw, const char *symbol, struct arena *a)
{
	char *other = arena_printf(a, "x%s", symbol + 1);

	return fixture_replace(raw, symbol, other, a);
}

#endif
