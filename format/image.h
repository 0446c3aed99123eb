/* SPDX-License-Identifier: Apache-2.0 */
/* The image: the flash form of an executable (docs/formats.md 2). */
#ifndef IMAGE_H
#define IMAGE_H

#include "bytes.h"

enum {
	IMAGE_HEADER_SIZE = 64,
	IMAGE_FLAG_FPU = 1,
	IMAGE_STACK_MIN = 256,
	IMAGE_STACK_MAX = 1 << 20,
	IMAGE_HEAP_MAX = 64 << 20,
	IMAGE_STATIC_MIN = 8,		/* the words at the data base that the runtime knows: it writes the thread pointer there */
	IMAGE_STATIC_MAX = 64 << 20,
	IMAGE_SIZE_MAX = 16 << 20,
};
#define IMAGE_MAGIC UINT32_C(0x3149534d)

struct image {
	uint8_t abi_major, abi_minor;
	uint8_t target;			/* enum ms_target */
	uint8_t flags;
	uint8_t flash_align_log2, ram_align_log2;
	uint32_t image_size;
	uint32_t text_size;
	uint32_t entry;			/* from text base */
	uint32_t data_offset, data_size;
	uint32_t bss_size;
	uint32_t tls_offset;		/* from data base */
	uint32_t static_size;
	uint32_t reloc_offset, reloc_size;
	uint32_t stack_size, heap_size;
};

/*
 * Decode and check a header.  `in` is the whole image or only its first 64
 * bytes; nothing behind them is read.  MS_OK; -MS_EFORMAT when a field breaks
 * a rule of the format; -MS_EINCOMPATIBLE for another ABI major or an unknown
 * target.  *out is untouched on failure.
 */
int image_decode(struct bytes in, struct image *out);

/* Write the header's 64 bytes. */
void image_encode(const struct image *im, uint8_t out[IMAGE_HEADER_SIZE]);

/* Are these sizes of a stack and a heap that a service may have? */
bool image_memory_ok(uint32_t stack_size, uint32_t heap_size);

/* RAM an image needs: stack, static data, heap, rounded up to 32.  The sizes are within the limits above. */
uint32_t image_ram_size(const struct image *im);

/* Set the two alignment fields to what the target's memory protection needs. */
void image_set_alignment(struct image *im);

#endif
