/* SPDX-License-Identifier: Apache-2.0 */
#include "boardframe.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void boardframe_init(struct boardframe *f, const char *word)
{
	*f = (struct boardframe){ 0 };
	snprintf(f->word, sizeof(f->word), "%s", word);
}

void boardframe_restart(struct boardframe *f)
{
	f->open = false;
}

static uint32_t crc32(const char *at, size_t size)
{
	uint32_t crc = UINT32_MAX;

	while (size--) {
		crc ^= (uint8_t)*at++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ UINT32_C(0xedb88320) : crc >> 1;
	}
	return ~crc;
}

/* Eight digits of which each is one: sscanf would take a blank or a sign, too. */
static bool read_crc(const char *at, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";

	*out = 0;
	for (int i = 0; i < MS_BOARDTEST_CRC; i++, at++) {
		const char *digit = *at ? strchr(digits, *at) : NULL;

		if (!digit)
			return false;
		*out = *out << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

static bool add(struct boardframe *f, const char *text)
{
	size_t size = strlen(text);

	if (!f->open)
		f->size = 0;
	if (size > BOARDFRAME_TEXT_MAX - f->size)
		return false;
	memcpy(f->text + f->size, text, size + 1);
	f->size += size;
	return true;
}

enum boardframe_kind boardframe_line(struct boardframe *f, const char *line)
{
	uint32_t crc;

	if (strlen(f->word) != MS_BOARDTEST_WORD || strncmp(line, f->word, MS_BOARDTEST_WORD))
		return BOARDFRAME_NONE;
	line += MS_BOARDTEST_WORD;
	if (*line != ' ' || !read_crc(line + 1, &crc))
		return BOARDFRAME_GARBLED;
	line += 1 + MS_BOARDTEST_CRC;
	if ((*line != ' ' && *line != '+') || crc32(line, strlen(line)) != crc || !add(f, line + 1))
		return BOARDFRAME_GARBLED;
	f->open = *line == '+';
	return f->open ? BOARDFRAME_PIECE : BOARDFRAME_TEXT;
}
