/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of manifests share: one that is written, one that is read, and the sample with a change. */
#ifndef MANIFEST_CASE_H
#define MANIFEST_CASE_H

#include "sweep.h"

#include "cbor.h"
#include "image.h"
#include "manifest_sample.h"
#include "package.h"

static struct manifest m, out;	/* what is written, and what is read */
static uint8_t buffer[PACKAGE_MANIFEST_MAX + 1024];

static inline struct bytes encoded(const struct manifest *from)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	manifest_encode(from, &w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

static inline struct bytes encoded_meta(const struct manifest *from)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	manifest_encode_meta(from, &w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

/* Change the sample by a statement and say what becomes of it, as a manifest, and as a note too. */
#define PACKAGE_WITH(expected, change)								\
	do {											\
		manifest_sample(&m);								\
		change;										\
		if (manifest_decode(encoded(&m), &out) != (expected))				\
			fail_msg(#change " gives %d", manifest_decode(encoded(&m), &out));	\
	} while (0)
#define BOTH_WITH(expected, change)								\
	do {											\
		PACKAGE_WITH(expected, change);							\
		if (manifest_decode_meta(encoded_meta(&m), &out) != (expected))			\
			fail_msg("note: " #change " gives %d", manifest_decode_meta(encoded_meta(&m), &out));	\
	} while (0)

#endif
