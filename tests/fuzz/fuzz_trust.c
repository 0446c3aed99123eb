/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a trusted key that are accepted can be written, and are then read as the same. */
#include <string.h>

#include "fuzz.h"
#include "trust.h"

/* The generator of P-256: a point that is on the curve. */
static const uint8_t point[COSE_POINT_SIZE] = {
	0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
	0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
	0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
	0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
};

FUZZ(in)
{
	struct arena a = { 0 };
	struct trusted t = { 0 }, again = { 0 };
	struct bytes written;
	struct err e = { 0 };

	int rc = trust_file_read(in, "file", &a, &t, &e);
	if (rc < 0) {
		must(rc == -MS_EFORMAT && e.code == rc && e.text[0] && e.fix[0] && e.line > 0);
	} else {
		key_public_from_point(&t.key, point);
		must(trust_file_write(&t, &a, &written, &e) == MS_OK);
		must(trust_file_read(written, "file", &a, &again, &e) == MS_OK);
		must(again.role == t.role && strcmp(again.label, t.label) == 0 && !again.vendor == !t.vendor);
		must(!t.vendor || strcmp(again.vendor, t.vendor) == 0);
	}
	arena_done(&a);
}
