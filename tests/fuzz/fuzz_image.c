/* SPDX-License-Identifier: Apache-2.0 */
/* A header that is read is written the same, and its parts lie inside the image. */
#include "fuzz.h"
#include "image.h"
#include "region.h"

FUZZ(in)
{
	struct image im;
	uint8_t again[IMAGE_HEADER_SIZE];

	if (image_decode(in, &im) < 0)
		return;

	image_encode(&im, again);
	must(bytes_equal(BYTES_OF(again), bytes_part(in, 0, IMAGE_HEADER_SIZE)));
	must((uint64_t)IMAGE_HEADER_SIZE + im.text_size <= im.data_offset);
	must((uint64_t)im.data_offset + im.data_size <= im.reloc_offset);
	must((uint64_t)im.reloc_offset + im.reloc_size <= im.image_size);
	must((uint64_t)im.entry + 2 <= im.text_size);
	must((uint64_t)im.data_size + im.bss_size <= im.static_size && im.static_size >= IMAGE_STATIC_MIN);
	must(image_ram_size(&im) >= (uint64_t)im.stack_size + im.static_size + im.heap_size);
	must(1u << im.flash_align_log2 == region_granule(region_kind(im.target), im.image_size));
}
