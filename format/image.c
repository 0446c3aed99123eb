/* SPDX-License-Identifier: Apache-2.0 */
#include "image.h"

#include <ms/abi/abi.h>

#include "reader.h"
#include "region.h"
#include "target.h"
#include "writer.h"

enum { RAM_UNIT = 32, ENTRY_SIZE_MIN = 2 };

/* The header's fields as they stand; false when it is no header of ours. */
static bool read_header(struct bytes in, struct image *im)
{
	struct reader r = { .left = bytes_part(in, 0, IMAGE_HEADER_SIZE) };

	uint32_t magic = read_u32(&r);
	uint16_t header_size = read_u16(&r);
	im->abi_major = read_u8(&r);
	im->abi_minor = read_u8(&r);
	im->target = read_u8(&r);
	im->flags = read_u8(&r);
	im->flash_align_log2 = read_u8(&r);
	im->ram_align_log2 = read_u8(&r);
	im->image_size = read_u32(&r);
	im->text_size = read_u32(&r);
	im->entry = read_u32(&r);
	im->data_offset = read_u32(&r);
	im->data_size = read_u32(&r);
	im->bss_size = read_u32(&r);
	im->tls_offset = read_u32(&r);
	im->static_size = read_u32(&r);
	im->reloc_offset = read_u32(&r);
	im->reloc_size = read_u32(&r);
	im->stack_size = read_u32(&r);
	im->heap_size = read_u32(&r);
	uint32_t reserved = read_u32(&r);

	return !r.failed && magic == IMAGE_MAGIC && header_size == IMAGE_HEADER_SIZE && reserved == 0;
}

/* Does a part of `size` bytes begin at *at and end within the image?  Moves *at to the next part. */
static bool part_ok(const struct image *im, uint32_t offset, uint32_t size, uint32_t *at)
{
	if (offset != *at || size > im->image_size - *at)
		return false;

	*at = (*at + size + 3) & ~UINT32_C(3);
	return *at <= im->image_size;
}

static bool flash_ok(const struct image *im)
{
	uint32_t at = IMAGE_HEADER_SIZE;

	if (im->image_size < IMAGE_HEADER_SIZE || im->image_size > IMAGE_SIZE_MAX)
		return false;
	if (!part_ok(im, IMAGE_HEADER_SIZE, im->text_size, &at) ||
	    !part_ok(im, im->data_offset, im->data_size, &at) ||
	    !part_ok(im, im->reloc_offset, im->reloc_size, &at))
		return false;
	if (at != im->image_size || im->reloc_size % 4)
		return false;
	return im->entry % 2 == 0 && im->text_size >= ENTRY_SIZE_MIN && im->entry <= im->text_size - ENTRY_SIZE_MIN;
}

static bool ram_ok(const struct image *im)
{
	if (im->static_size < IMAGE_STATIC_MIN || im->static_size > IMAGE_STATIC_MAX || im->static_size % 8)
		return false;
	if (im->data_size > im->static_size || im->bss_size > im->static_size - im->data_size)
		return false;
	return im->tls_offset <= im->static_size && image_memory_ok(im->stack_size, im->heap_size);
}

static bool alignment_ok(const struct image *im)
{
	struct image expected = *im;

	image_set_alignment(&expected);
	return im->flash_align_log2 == expected.flash_align_log2 && im->ram_align_log2 == expected.ram_align_log2;
}

int image_decode(struct bytes in, struct image *out)
{
	struct image im;

	if (!read_header(in, &im))
		return -MS_EFORMAT;
	if (im.abi_major != MS_ABI_MAJOR || !target_known(im.target))
		return -MS_EINCOMPATIBLE;
	if ((im.flags & ~IMAGE_FLAG_FPU) || !flash_ok(&im) || !ram_ok(&im) || !alignment_ok(&im))
		return -MS_EFORMAT;

	*out = im;
	return MS_OK;
}

void image_encode(const struct image *im, uint8_t out[IMAGE_HEADER_SIZE])
{
	struct writer w = { .at = out, .size = IMAGE_HEADER_SIZE };

	write_u32(&w, IMAGE_MAGIC);
	write_u16(&w, IMAGE_HEADER_SIZE);
	write_u8(&w, im->abi_major);
	write_u8(&w, im->abi_minor);
	write_u8(&w, im->target);
	write_u8(&w, im->flags);
	write_u8(&w, im->flash_align_log2);
	write_u8(&w, im->ram_align_log2);
	write_u32(&w, im->image_size);
	write_u32(&w, im->text_size);
	write_u32(&w, im->entry);
	write_u32(&w, im->data_offset);
	write_u32(&w, im->data_size);
	write_u32(&w, im->bss_size);
	write_u32(&w, im->tls_offset);
	write_u32(&w, im->static_size);
	write_u32(&w, im->reloc_offset);
	write_u32(&w, im->reloc_size);
	write_u32(&w, im->stack_size);
	write_u32(&w, im->heap_size);
	write_u32(&w, 0);
}

bool image_memory_ok(uint32_t stack_size, uint32_t heap_size)
{
	return stack_size >= IMAGE_STACK_MIN && stack_size <= IMAGE_STACK_MAX && stack_size % 32 == 0 &&
	       heap_size <= IMAGE_HEAP_MAX && heap_size % 8 == 0;
}

uint32_t image_ram_size(const struct image *im)
{
	return (im->stack_size + im->static_size + im->heap_size + RAM_UNIT - 1) & ~(uint32_t)(RAM_UNIT - 1);
}

void image_set_alignment(struct image *im)
{
	enum mpu_kind kind = region_kind(im->target);

	im->flash_align_log2 = region_log2(region_granule(kind, im->image_size));
	im->ram_align_log2 = region_log2(region_granule(kind, image_ram_size(im)));
}
