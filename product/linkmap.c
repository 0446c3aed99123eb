/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A map names each input section as " SECTION ADDRESS SIZE OBJECT"; after a
 * long name the rest stands in the next line.  What comes before the heading
 * was discarded and has no address.  Thread-local data that begins as zeros takes
 * no room: other data has the same addresses, and is what is meant.
 */
#include "linkmap.h"

#include <string.h>

static const char heading[] = "Linker script and memory map";

static struct bytes next_line(struct bytes text, size_t *at)
{
	struct bytes rest = bytes_part(text, *at, text.size);
	const uint8_t *end = rest.size ? memchr(rest.at, '\n', rest.size) : NULL;
	struct bytes line = bytes_part(rest, 0, end ? (size_t)(end - rest.at) : rest.size);

	*at += line.size + (end != NULL);
	return line;
}

/* The next word of a line; the line is shortened. */
static struct bytes take_word(struct bytes *line)
{
	size_t from = 0;

	while (from < line->size && line->at[from] == ' ')
		from++;
	size_t to = from;
	while (to < line->size && line->at[to] != ' ')
		to++;

	struct bytes word = bytes_part(*line, from, to - from);
	*line = bytes_part(*line, to, line->size);
	return word;
}

static bool take_hex(struct bytes *line, uint32_t *out)
{
	struct bytes word = take_word(line);
	uint64_t v = 0;

	if (word.size < 3 || word.at[0] != '0' || word.at[1] != 'x')
		return false;
	for (size_t i = 2; i < word.size; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = memchr(digits, word.at[i], sizeof(digits) - 1);

		if (!digit || v > UINT32_MAX)
			return false;
		v = v << 4 | (uint64_t)(digit - digits);
	}
	*out = (uint32_t)v;
	return v <= UINT32_MAX;
}

/* What follows a section's name: address, size, object. */
static bool take_part(struct bytes line, struct linkmap_part *out)
{
	if (!take_hex(&line, &out->address) || !take_hex(&line, &out->size))
		return false;
	while (line.size && line.at[0] == ' ')
		line = bytes_part(line, 1, line.size);
	out->object = line;
	return line.size && out->size;
}

static size_t behind_heading(struct bytes map)
{
	for (size_t at = 0; at < map.size; ) {
		struct bytes line = next_line(map, &at);

		if (bytes_equal(line, BYTES_LITERAL(heading)))
			return at;
	}
	return map.size;
}

bool linkmap_next(struct bytes map, size_t *at, struct linkmap_part *out)
{
	if (*at == 0)
		*at = behind_heading(map);

	while (*at < map.size) {
		struct bytes line = next_line(map, at);
		struct linkmap_part part = { 0 };

		if (line.size < 2 || line.at[0] != ' ' || line.at[1] == ' ' || line.at[1] == '*')
			continue;
		part.section = take_word(&line);
		if (!line.size) {
			size_t next = *at;

			line = next_line(map, &next);
			if (line.size < 2 || line.at[0] != ' ' || line.at[1] != ' ')
				continue;
		}
		if (take_part(line, &part)) {
			*out = part;
			return true;
		}
	}
	return false;
}

bool linkmap_find(struct bytes map, uint32_t address, struct linkmap_part *out)
{
	struct linkmap_part part;
	bool found = false;

	for (size_t at = 0; linkmap_next(map, &at, &part); ) {
		bool takes_room = part.section.size < 5 || memcmp(part.section.at, ".tbss", 5);

		if (address - part.address >= part.size || (found && !takes_room))
			continue;
		*out = part;
		found = true;
		if (takes_room)
			return true;
	}
	return found;
}
