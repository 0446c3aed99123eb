/* SPDX-License-Identifier: Apache-2.0 */
#include "intel_hex.h"

#include <ctype.h>
#include <string.h>

enum { LINE = 16, RECORD_MAX = 4 + 255 + 1, DATA = 0, END = 1, START_SEGMENT = 3, UPPER = 4, START = 5 };

static void add_record(struct text *t, struct arena *a, uint8_t type, uint16_t address, const uint8_t *at, uint8_t size)
{
	uint8_t sum = (uint8_t)(size + (address >> 8) + address + type);

	text_add(t, a, ":%02X%04X%02X", size, address, type);
	for (uint8_t i = 0; i < size; i++) {
		text_add(t, a, "%02X", at[i]);
		sum = (uint8_t)(sum + at[i]);
	}
	text_add(t, a, "%02X\n", (uint8_t)-sum);
}

static bool is_erased(const uint8_t *at, size_t size)
{
	while (size && at[size - 1] == 0xff)
		size--;
	return !size;
}

struct bytes intel_hex_write(struct bytes content, uint32_t base, struct arena *a)
{
	uint32_t upper = UINT32_MAX;
	struct text t = { 0 };

	for (size_t i = 0; i < content.size; ) {
		uint32_t address = base + (uint32_t)i;
		size_t room = LINE - address % LINE, size = content.size - i < room ? content.size - i : room;

		if (!is_erased(content.at + i, size)) {
			const uint8_t high[] = { (uint8_t)(address >> 24), (uint8_t)(address >> 16) };

			if (upper != address >> 16)
				add_record(&t, a, UPPER, 0, high, sizeof(high));
			upper = address >> 16;
			add_record(&t, a, DATA, (uint16_t)address, content.at + i, (uint8_t)size);
		}
		i += size;
	}
	add_record(&t, a, END, 0, NULL, 0);
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

static int digit(uint8_t c)
{
	return isdigit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of a line behind its ':'; how many, or 0: it is none, or its sum is wrong. */
static size_t record(struct bytes line, uint8_t out[RECORD_MAX])
{
	size_t count = line.size / 2;
	uint8_t sum = 0;

	if (!line.size || line.at[0] != ':' || line.size % 2 == 0 || count < 5 || count > RECORD_MAX)
		return 0;
	for (size_t i = 0; i < count; i++) {
		int high = digit(line.at[1 + 2 * i]), low = digit(line.at[2 + 2 * i]);

		if (high < 0 || low < 0)
			return 0;
		out[i] = (uint8_t)(high << 4 | low);
		sum = (uint8_t)(sum + out[i]);
	}
	return sum == 0 && out[0] + 5u == count ? count : 0;
}

struct hex_reading {
	uint8_t *out;
	uint32_t base, limit, upper, used;
	bool ended;
};

/* Why the record cannot be taken, or NULL. */
static const char *take(struct hex_reading *r, const uint8_t *at)
{
	uint32_t size = at[0], address = r->upper + (uint32_t)(at[1] << 8 | at[2]);

	if (r->ended)
		return "something follows the end";
	switch (at[3]) {
	case DATA:
		if (address < r->base || address - r->base > r->limit || size > r->limit - (address - r->base))
			return "an address outside of the flash";
		memcpy(r->out + (address - r->base), at + 4, size);
		if (address - r->base + size > r->used)
			r->used = address - r->base + size;
		return NULL;
	case END:
		r->ended = true;
		return NULL;
	case UPPER:
		r->upper = (uint32_t)at[4] << 24 | (uint32_t)at[5] << 16;
		return size == 2 ? NULL : "an address of another size than two bytes";
	case START_SEGMENT: case START:
		return NULL;	/* the processor begins at its vector table */
	default:
		return "a record of a type that is not used here";
	}
}

static int refuse(const char *path, int line, const char *why, struct err *e)
{
	err_set(e, ERR_DAMAGED, "'%s' is no Intel HEX file that fits here: %s", path, why);
	return err_at(e, path, line, 1);
}

int intel_hex_read(struct bytes text, const char *path, uint32_t base, uint32_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct hex_reading r = { .out = memset(arena_take(a, limit + 1), 0xff, limit), .base = base, .limit = limit };
	uint8_t bytes[RECORD_MAX];
	int number = 1;

	for (size_t at = 0; at < text.size; number++) {
		const uint8_t *end = memchr(text.at + at, '\n', text.size - at);
		size_t size = (end ? (size_t)(end - text.at) : text.size) - at;
		struct bytes line = { text.at + at, size && text.at[at + size - 1] == '\r' ? size - 1 : size };
		const char *why = record(line, bytes) ? take(&r, bytes) : "no record, or a wrong checksum";

		if (why)
			return refuse(path, number, why, e);
		at += size + 1;
	}
	if (!r.ended)
		return refuse(path, number, "it has no end", e);
	*content = (struct bytes){ r.out, r.used };
	return MS_OK;
}
