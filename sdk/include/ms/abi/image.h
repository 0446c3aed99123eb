/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The header in front of an image's text, as the start-up code finds it at
 * text base - 64.  docs/formats.md 2 says what each field means.
 */
#ifndef MS_ABI_IMAGE_H
#define MS_ABI_IMAGE_H

#include <stdint.h>

struct ms_image_header {
	uint32_t magic;
	uint16_t header_size;
	uint8_t abi_major, abi_minor;
	uint8_t target, flags;
	uint8_t flash_align_log2, ram_align_log2;
	uint32_t image_size, text_size, entry;
	uint32_t data_offset, data_size, bss_size, tls_offset, static_size;
	uint32_t reloc_offset, reloc_size;
	uint32_t stack_size, heap_size, reserved;
};

_Static_assert(sizeof(struct ms_image_header) == 64, "the header is 64 bytes");

#endif
