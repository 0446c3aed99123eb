/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <stdio.h>
#include <string.h>

#include <ms/syscall.h>

#define RETRY_NSEC UINT64_C(10000000)

enum { TEXT_MAX = 400, HEAD = MS_BOARDTEST_WORD + 1 + MS_BOARDTEST_CRC, PIECE = MS_LOG_LINE_MAX - HEAD - 1 };

int __real_ms_log(enum ms_severity severity, const char *text, size_t size);

/* Read as volatile: what stands here is decided after the compiler has seen it. */
const volatile struct ms_boardtest_orders boardtest_orders = { .mark = MS_BOARDTEST_MARK };

static uint32_t crc32(const char *at, size_t size)
{
	uint32_t crc = UINT32_MAX;

	for (; size; size--) {
		crc ^= (uint8_t)*at++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static void put_line(char marker, const char *text, size_t size)
{
	char line[MS_LOG_LINE_MAX];

	for (int i = 0; i < MS_BOARDTEST_WORD; i++)
		line[i] = boardtest_orders.word[i];
	line[MS_BOARDTEST_WORD] = ' ';
	line[HEAD] = marker;
	for (size_t i = 0; i < size; i++)	/* as the log would make it */
		line[HEAD + 1 + i] = text[i] >= ' ' && text[i] != 0x7f ? text[i] : '?';
	uint32_t crc = crc32(line + HEAD, size + 1);

	for (int i = 0; i < MS_BOARDTEST_CRC; i++)
		line[MS_BOARDTEST_WORD + 1 + i] = "0123456789abcdef"[crc >> (28 - 4 * i) & 15];
	while (__real_ms_log(MS_LOG_NOTICE, line, HEAD + 1 + size) == -MS_EAGAIN)
		ms_sleep_until(ms_clock() + RETRY_NSEC);
}

void frame_tell(const char *text)
{
	size_t left = strlen(text);

	for (; left > PIECE; left -= PIECE, text += PIECE)
		put_line('+', text, PIECE);
	put_line(' ', text, left);
}

void frame_format(const char *format, ...)
{
	char text[TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	frame_tell(text);
}

void frame_say(const char *format, va_list args)
{
	char text[TEXT_MAX], *end;

	vsnprintf(text, sizeof(text), format, args);
	for (char *line = text; *line; line = end) {
		size_t size = strcspn(line, "\n");

		end = line + size + (line[size] == '\n');
		line[size] = '\0';
		frame_format("say %s", line);
	}
}
