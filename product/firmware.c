/* SPDX-License-Identifier: Apache-2.0 */
#include "firmware.h"

#include <string.h>

#include "reader.h"

enum { HEADER_SIZE = 52, ENTRY_SIZE = 32, LOAD = 1, ENTRY_MAX = 64, ARM = 40 };

struct segment { uint32_t type, address; struct bytes content; };

/* Program header i; the file's header has been checked. */
static bool read_segment(struct bytes elf, uint32_t table, uint32_t i, struct segment *out)
{
	struct reader r = { .left = bytes_part(elf, (size_t)table + ENTRY_SIZE * (size_t)i, ENTRY_SIZE) };

	out->type = read_u32(&r);
	uint32_t offset = read_u32(&r);
	read_u32(&r);
	out->address = read_u32(&r);	/* where it is stored, not where it runs */
	uint32_t size = read_u32(&r);
	out->content = bytes_part(elf, offset, size);
	return !r.failed && out->content.size == size;
}

static bool read_header(struct bytes elf, uint32_t *table, uint16_t *count)
{
	static const uint8_t arm32[] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };
	struct reader r = { .left = bytes_part(elf, 0, HEADER_SIZE) };

	struct bytes magic = read_bytes(&r, sizeof(arm32));
	read_bytes(&r, 18 - sizeof(arm32));
	uint16_t machine = read_u16(&r);
	read_bytes(&r, 28 - 20);
	*table = read_u32(&r);
	read_bytes(&r, 42 - 32);
	uint16_t size = read_u16(&r);
	*count = read_u16(&r);
	return !r.failed && bytes_equal(magic, BYTES_OF(arm32)) && machine == ARM && size == ENTRY_SIZE && *count <= ENTRY_MAX;
}

static bool fits(const struct segment *s, const struct board_window *w)
{
	return s->address >= w->base && s->address - w->base <= w->size &&
	       s->content.size <= w->size - (s->address - w->base);
}

int firmware_flatten_into(const struct board_window *w, const char *what, struct bytes elf, const char *path, struct arena *a, struct bytes *flat, struct err *e)
{
	uint8_t *to = arena_take(a, w->size);
	uint32_t table;
	uint16_t count;
	size_t end = 0;

	if (!read_header(elf, &table, &count))
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' is not a 32-bit little-endian ELF file for Arm", path);
	memset(to, 0xff, w->size);
	for (uint32_t i = 0; i < count; i++) {
		struct segment s;

		if (!read_segment(elf, table, i, &s))
			return err_set(e, ERR_NOT_EXECUTABLE, "'%s' ends in the middle of a segment", path);
		if (s.type != LOAD || !s.content.size)
			continue;
		if (!fits(&s, w))
			return err_set(e, ERR_NO_ROOM, "'%s' has a segment outside %s", path, what);
		size_t at = s.address - w->base;
		memcpy(to + at, s.content.at, s.content.size);
		end = at + s.content.size > end ? at + s.content.size : end;
	}
	if (!end)
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' holds nothing to load", path);

	*flat = (struct bytes){ to, end };
	return MS_OK;
}

int firmware_flatten(struct bytes elf, const char *path, const struct board *b, struct arena *a,
		     struct bytes *flat, struct err *e)
{
	return firmware_flatten_into(&b->part[BOARD_RUNTIME], arena_printf(a, "the runtime partition of %s", b->name), elf, path, a, flat, e);
}
