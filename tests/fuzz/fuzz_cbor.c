/* SPDX-License-Identifier: Apache-2.0 */
/* A valid item read by straight-line calls and written again is the same bytes; only integers beyond int64 are not read. */
#include "cbor_copy.h"
#include "fuzz.h"

FUZZ(in)
{
	static uint8_t again[1 << 16];
	struct writer w = { .at = again, .size = sizeof(again) };
	struct reader r = { .left = in };

	if (in.size > sizeof(again))
		return;
	bool valid = cbor_valid(in);
	if (!valid)
		return;

	cbor_copy(&r, &w);
	must(!w.failed);
	if (!r.failed)
		must(bytes_equal(writer_bytes(&w), in));
}
