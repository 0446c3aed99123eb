/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include "reader.h"

/* What may follow a first byte: how many bytes, and in which range the next one lies. */
struct lead { uint8_t first, last, more, low, high; };

static bool read_lead(uint8_t byte, struct lead *out)
{
	static const struct lead leads[] = {
		{ 0x00, 0x7f, 0, 0, 0 },
		{ 0xc2, 0xdf, 1, 0x80, 0xbf },
		{ 0xe0, 0xe0, 2, 0xa0, 0xbf },
		{ 0xe1, 0xec, 2, 0x80, 0xbf },
		{ 0xed, 0xed, 2, 0x80, 0x9f },
		{ 0xee, 0xef, 2, 0x80, 0xbf },
		{ 0xf0, 0xf0, 3, 0x90, 0xbf },
		{ 0xf1, 0xf3, 3, 0x80, 0xbf },
		{ 0xf4, 0xf4, 3, 0x80, 0x8f },
	};

	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if (byte >= leads[i].first && byte <= leads[i].last) {
			*out = leads[i];
			return true;
		}
	}
	return false;
}

bool utf8_valid(struct bytes text)
{
	struct reader r = { .left = text };

	while (r.left.size > 0) {
		struct lead lead;

		if (!read_lead(read_u8(&r), &lead))
			return false;
		for (; lead.more > 0; lead.more--) {
			uint8_t next = read_u8(&r);	/* 0 past the end: not in range either */

			if (next < lead.low || next > lead.high)
				return false;
			lead.low = 0x80;
			lead.high = 0xbf;
		}
	}
	return true;
}
