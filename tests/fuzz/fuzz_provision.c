/* SPDX-License-Identifier: Apache-2.0 */
/* A sector that is read is written the same. */
#include "fuzz.h"
#include "provision.h"

FUZZ(in)
{
	uint8_t again[PROVISION_SIZE_MAX];
	struct writer w = { .at = again, .size = sizeof(again) };
	struct provision p;

	if (provision_decode(in, &p) < 0)
		return;

	provision_encode(&p, &w);
	must(!w.failed);
	must(bytes_equal(writer_bytes(&w), bytes_part(in, 0, w.used)));
}
