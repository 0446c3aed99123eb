/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever stands in the log of a board: a frame is what begins with the word and has the right checksum, and no other
 * bytes become a text. A line of the input that begins with '@' is sent as the board would send what follows it.
 */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "boardframe.h"
#include "fuzz.h"

#define WORD "0123456789abcdef"

/* The checksum once more, another way: by halves of bytes. */
static unsigned long checksum(const char *text)
{
	static const unsigned long of[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	unsigned long crc = 0xffffffff;

	for (; *text; text++) {
		crc = of[(crc ^ (unsigned char)*text) & 15] ^ crc >> 4;
		crc = of[(crc ^ (unsigned char)*text >> 4) & 15] ^ crc >> 4;
	}
	return crc ^ 0xffffffff;
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct boardframe f;
	char *left, *text = arena_string(&a, in);

	boardframe_init(&f, WORD);
	for (char *line = strtok_r(text, "\n", &left); line; line = strtok_r(NULL, "\n", &left)) {
		bool sent = *line == '@' && (line[1] == ' ' || line[1] == '+');

		if (sent)
			line = arena_printf(&a, WORD " %08lx%s", checksum(line + 1), line + 1);
		enum boardframe_kind kind = boardframe_line(&f, line);

		must((kind == BOARDFRAME_NONE) == (strncmp(line, WORD, strlen(WORD)) != 0));
		must(f.size <= BOARDFRAME_TEXT_MAX && memchr(f.text, 0, sizeof(f.text)));
		if (sent)
			must(kind != BOARDFRAME_GARBLED || strlen(line) > BOARDFRAME_TEXT_MAX / 2 || f.size > BOARDFRAME_TEXT_MAX / 2);
		if (kind == BOARDFRAME_TEXT || kind == BOARDFRAME_PIECE) {
			must(strtoul(line + strlen(WORD), NULL, 16) == checksum(line + strlen(WORD " 12345678")));
			must(strstr(f.text, line + strlen(WORD " 12345678 ")));
		}
	}
	arena_done(&a);
}
