/* SPDX-License-Identifier: Apache-2.0 */
#include "manifest_sample.h"
#include "package.h"
#include "seeds.h"

static struct manifest m;
static uint8_t buffer[PACKAGE_MANIFEST_MAX];

static struct bytes manifest(void)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	manifest_sample(&m);
	manifest_sample_build(&m);
	manifest_encode(&m, &w);
	return writer_bytes(&w);
}

static struct bytes note(void)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	manifest_sample(&m);
	manifest_encode_meta(&m, &w);
	return writer_bytes(&w);
}

void seed_manifest(void)
{
	seed_keep_behind(0, "fuzz_manifest", "package", manifest());
	seed_keep_behind(1, "fuzz_manifest", "note", note());
}

void seed_cbor(void)
{
	seed_keep("fuzz_cbor", "package", manifest());
	seed_keep("fuzz_cbor", "note", note());
}
