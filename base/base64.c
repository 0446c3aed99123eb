/* SPDX-License-Identifier: Apache-2.0 */
#include "base64.h"

#include <ms/abi/abi.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_write(struct bytes b, struct arena *a)
{
	char *text = arena_take(a, (b.size + 2) / 3 * 4 + 1), *to = text;

	for (size_t i = 0; i < b.size; i += 3) {
		size_t n = b.size - i;
		uint32_t three = (uint32_t)b.at[i] << 16 | (n > 1 ? (uint32_t)b.at[i + 1] << 8 : 0) | (n > 2 ? b.at[i + 2] : 0u);

		*to++ = digits[three >> 18];
		*to++ = digits[three >> 12 & 63];
		*to++ = n > 1 ? digits[three >> 6 & 63] : '=';
		*to++ = n > 2 ? digits[three & 63] : '=';
	}
	return text;
}

/* The value of a digit, or -1. */
static int value_of(uint8_t c)
{
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Four digits, of which the last `pad` are '='. */
static bool read_four(const uint8_t *four, size_t pad, uint8_t out[3])
{
	uint32_t three = 0;

	for (size_t i = 0; i < 4; i++) {
		int v = i < 4 - pad ? value_of(four[i]) : four[i] == '=' ? 0 : -1;
		if (v < 0)
			return false;
		three = three << 6 | (uint32_t)v;
	}
	out[0] = (uint8_t)(three >> 16);
	out[1] = (uint8_t)(three >> 8);
	out[2] = (uint8_t)three;
	return !(pad >= 1 && out[2]) && !(pad == 2 && out[1]);
}

int base64_read(struct bytes text, struct arena *a, struct bytes *out)
{
	size_t size = text.size / 4 * 3, pad = 0;

	if (text.size % 4)
		return -MS_EFORMAT;
	while (text.size && pad < 2 && text.at[text.size - 1 - pad] == '=')
		pad++;

	uint8_t *at = arena_take(a, size + 1);
	for (size_t i = 0; i < text.size / 4; i++)
		if (!read_four(text.at + 4 * i, 4 * (i + 1) == text.size ? pad : 0, at + 3 * i))
			return -MS_EFORMAT;
	*out = (struct bytes){ at, size - pad };
	return MS_OK;
}
