/* SPDX-License-Identifier: Apache-2.0 */
/* What is read one after the other; image headers, signature blocks, provisioning sectors, relocation lists. */
#include <ms/abi/abi.h>

#include "cose.h"
#include "image.h"
#include "provision.h"
#include "reloc.h"
#include "seeds.h"

static const uint8_t kid[COSE_KID_SIZE] = { 1, 2, 3, 4, 5, 6, 7, 8 };

void seed_reader(void)
{
	static const uint8_t each[] = { 0, 1, 2, 3, 4, 5 * 4 + 4, 0, 1, 2, 3 };
	static const uint8_t more[64] = { 3, 2, 1, 0, 255 };

	seed_keep("fuzz_reader", "each", BYTES_OF(each));
	seed_keep("fuzz_reader", "more", BYTES_OF(more));
}

void seed_image(void)
{
	static const struct { const char *name; uint8_t target; } cases[] = {
		{ "v6m", MS_TARGET_V6M }, { "v7em", MS_TARGET_V7EM }, { "v8m-fp", MS_TARGET_V8M_FP },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t header[IMAGE_HEADER_SIZE];
		struct image im = {
			.abi_major = MS_ABI_MAJOR, .target = cases[i].target, .flags = i == 2 ? IMAGE_FLAG_FPU : 0,
			.image_size = 528, .text_size = 418, .entry = 16,
			.data_offset = 484, .data_size = 33, .bss_size = 100, .tls_offset = 136, .static_size = 152,
			.reloc_offset = 520, .reloc_size = 8, .stack_size = 1024, .heap_size = 1024,
		};

		image_set_alignment(&im);
		image_encode(&im, header);
		seed_keep("fuzz_image", cases[i].name, BYTES_OF(header));
	}
}

void seed_cose(void)
{
	static const struct { const char *name, *kind; } cases[] = {
		{ "image", COSE_KIND_IMAGE }, { "package", COSE_KIND_PACKAGE }, { "table", COSE_KIND_TABLE },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t block[COSE_BLOCK_SIZE] = { [63] = 1, [95] = 2 };

		cose_prefix(block, cases[i].kind, kid);
		seed_keep("fuzz_cose", cases[i].name, BYTES_OF(block));
	}
}

void seed_provision(void)
{
	static const uint8_t kids[PROVISION_KEY_MAX][COSE_KID_SIZE] = { { 1 }, { 2 }, { 3 }, { 4 } };
	static const uint8_t point[COSE_POINT_SIZE] = { 4, 5 };
	static const uint8_t class_id[16] = { 6 };
	static const char *const names[] = { "one", "two", "three", "four" };

	for (uint16_t count = 1; count <= PROVISION_KEY_MAX; count++) {
		uint8_t sector[PROVISION_SIZE_MAX];
		struct writer w = { .at = sector, .size = sizeof(sector) };
		struct provision p = { .key_count = count, .key_epoch = 1, .class_id = class_id };

		for (uint16_t i = 0; i < count; i++)
			p.keys[i] = (struct provision_key){ kids[i], PROVISION_INTEGRATOR, point };
		provision_encode(&p, &w);
		seed_keep("fuzz_provision", names[count - 1], writer_bytes(&w));
	}
}

/* In front of the list stands the size of the data it is for. */
static void keep_list(const char *name, const uint32_t *offset, size_t count)
{
	uint8_t list[256];
	struct writer w = { .at = list, .size = sizeof(list) };

	write_u32(&w, 4096);
	if (reloc_encode(offset, count, &w) == MS_OK)
		seed_keep("fuzz_reloc", name, writer_bytes(&w));
}

void seed_reloc(void)
{
	static const uint32_t few[] = { 12, 16, 24, 120, 136, 140, 2000, 4092 };
	uint32_t run[100];

	for (uint32_t i = 0; i < 100; i++)
		run[i] = 8 * i;
	keep_list("none", few, 0);
	keep_list("few", few, sizeof(few) / sizeof(few[0]));
	keep_list("run", run, 100);
}
