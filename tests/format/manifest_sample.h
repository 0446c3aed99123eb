/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest of two targets, whose numbers a test or a seed may change before it is encoded. */
#ifndef MANIFEST_SAMPLE_H
#define MANIFEST_SAMPLE_H

#include <ms/abi/abi.h>

#include "manifest.h"

static const uint8_t sample_component[16] = { 0xc0, 1, 2, 3 };
static const uint8_t sample_vendor[16] = { 0xd0, 1, 2, 3 };
static const uint8_t sample_hash[32] = { 0x5a, 0x5b };
static const uint8_t sample_build_id[20] = { 0xb1, 0xb2 };

static inline void manifest_sample(struct manifest *m)
{
	*m = (struct manifest){
		.name = BYTES_LITERAL("example.org/hello"),
		.version = { 1, 2, 300, 70000 }, .version_text = BYTES_LITERAL("1.2.300+70000"),
		.component = sample_component, .security_counter = 6, .vendor = sample_vendor,
		.targets = { MS_TARGET_V7EM, MS_TARGET_V8M }, .target_count = 2,
		.abi_major = 1, .abi_minor = 0, .stack_size = 1024, .heap_size = 2048,
		.requests = { { 0x01000005, 1, 0 }, { 0x02000007, 3, 9 } }, .request_count = 2,
		.provides = { { BYTES_LITERAL("hello"), 0x48000001, 1, MANIFEST_CONNECTIONS | MANIFEST_STRICT, { sample_hash, MANIFEST_FINGERPRINT_SIZE } } }, .provide_count = 1,
		.calls = { { BYTES_LITERAL("aes"), 0x48000002, 300, MANIFEST_WEAK, { sample_component, MANIFEST_FINGERPRINT_SIZE } }, { BYTES_LITERAL("CLOCK_2"), 7, 1, MANIFEST_CONNECTIONS, { 0 } } }, .call_count = 2,
		.members = {
			{ BYTES_LITERAL("META/licenses/Apache-2.0.txt"), 11357, sample_hash, BYTES_LITERAL("text/plain") },
			{ BYTES_LITERAL("META/sbom.cdx.json"), 300, sample_hash, BYTES_LITERAL("application/json") },
			{ BYTES_LITERAL("elf/v7em.elf"), 5000, sample_hash, BYTES_LITERAL("application/x-elf") },
			{ BYTES_LITERAL("elf/v8m.elf"), 5100, sample_hash, BYTES_LITERAL("application/x-elf") },
			{ BYTES_LITERAL("include/hello.h"), 10, sample_hash, BYTES_LITERAL("text/x-c") },
		},
		.member_count = 5,
		.license = BYTES_LITERAL("Apache-2.0 OR MIT"), .source_epoch = 1700000000,
		.build_id = { sample_build_id, sample_build_id },
		.image_sha256 = { sample_hash, sample_hash },
	};
}

/* What it may say of how it was built: "-Os" for both targets, "-mthumb" for the first. */
static inline void manifest_sample_build(struct manifest *m)
{
	m->build = (struct manifest_build){
		.sdk = BYTES_LITERAL("0.1.0"), .compiler = BYTES_LITERAL("arm-none-eabi-gcc 12.2.1"), .linker = BYTES_LITERAL("GNU ld 2.40"), .release = true,
		.words = BYTES_LITERAL("\x81\x63-Os"), .own = { BYTES_LITERAL("\x81\x67-mthumb"), BYTES_LITERAL("\x80") },
	};
}

#endif
