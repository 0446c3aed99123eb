/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of a source package of three files, for a package of two targets. */
#ifndef SOURCE_SAMPLE_H
#define SOURCE_SAMPLE_H

#include "source_manifest.h"

static const uint8_t sample_sha256[32] = { 0x5a, 0x5b };
static const uint8_t sample_signature[96] = { 0xd2, 0x84 };

static inline void source_sample_fill(struct source_manifest *m)
{
	*m = (struct source_manifest){
		.package = BYTES_LITERAL("\xa1\x01\x01"), .signatures = { sample_signature }, .signature_count = 1,
		.image_signature = { sample_signature, sample_signature }, .target_count = 2, .sha256 = sample_sha256,
		.files = {
			{ BYTES_LITERAL("source/LICENSE"), 11357, sample_sha256 },
			{ BYTES_LITERAL("source/ms.yaml"), 300, sample_sha256 },
			{ BYTES_LITERAL("source/src/main.c"), 0, sample_sha256 },
		},
		.file_count = 3,
		.outline = {
			{ BYTES_LITERAL(".text"), 100, sample_sha256, true }, { BYTES_LITERAL("main"), 20, sample_sha256, false },
			{ BYTES_LITERAL(".data"), 4, sample_sha256, true },
		},
		.outline_end = { 2, 3 },
	};
}

#endif
