/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte that says manifest or note, then one: it is a valid item; written
 * again it is the same, or, when it had keys that may be ignored, one that
 * reads and writes the same from then on.
 */
#include "cbor.h"
#include "fuzz.h"
#include "manifest.h"
#include "package.h"

static struct bytes again(const struct manifest *m, bool note)
{
	static uint8_t buffer[PACKAGE_MANIFEST_MAX];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	if (note)
		manifest_encode_meta(m, &w);
	else
		manifest_encode(m, &w);
	must(!w.failed);
	return writer_bytes(&w);
}

FUZZ(in)
{
	static struct manifest m, second;
	struct reader r = { .left = in };
	bool note = read_u8(&r) & 1;
	int (*decode)(struct bytes, struct manifest *) = note ? manifest_decode_meta : manifest_decode;

	if (decode(r.left, &m) < 0)
		return;
	must(cbor_valid(r.left));
	struct reader pairs = { .left = r.left };
	bool known_only = cbor_map(&pairs) ==
			  (note ? MANIFEST_META_KEYS : MANIFEST_PACKAGE_KEYS) + !!m.provide_count + !!m.call_count +
			  !!m.device_count + !!m.shared_count + m.fixed + (!note && m.build.sdk.size);
	must(bytes_equal(again(&m, note), r.left) == known_only);
	must(decode(again(&m, note), &second) == MS_OK);
}
