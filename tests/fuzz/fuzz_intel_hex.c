/* SPDX-License-Identifier: Apache-2.0 */
/* Intel HEX: what was read is written so that it is read again as the same; what is none has its place. */
#include <string.h>

#include "fuzz.h"
#include "intel_hex.h"

enum { BASE = 0x0800fff0, LIMIT = 1 << 17 };

FUZZ(in)
{
	struct arena a = { 0 };
	struct bytes content, again;
	struct err e = { 0 };

	if (intel_hex_read(in, "x.hex", BASE, LIMIT, &a, &content, &e) >= 0) {
		must(content.size <= LIMIT);
		must(intel_hex_read(intel_hex_write(content, BASE, &a), "x.hex", BASE, LIMIT, &a, &again, &e) >= 0);
		must(again.size <= content.size && !memcmp(again.at, content.at, content.size));
	} else {
		must(e.code == -MS_EFORMAT && e.line > 0);
	}
	arena_done(&a);
}
