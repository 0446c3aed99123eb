/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "image.h"
#include "region.h"

/* Text and data end off a multiple of 4, so that each part is padded. */
static const struct image sample = {
	.abi_major = 1, .abi_minor = 0, .target = MS_TARGET_V7EM, .flags = 0,
	.flash_align_log2 = 7, .ram_align_log2 = 9,
	.image_size = 528, .text_size = 418, .entry = 16,
	.data_offset = 484, .data_size = 33, .bss_size = 100, .tls_offset = 136, .static_size = 152,
	.reloc_offset = 520, .reloc_size = 8,
	.stack_size = 1024, .heap_size = 1024,
};

static struct bytes encoded(const struct image *im)
{
	static uint8_t header[IMAGE_HEADER_SIZE];

	image_encode(im, header);
	return BYTES_OF(header);
}

static int decoded(const struct image *im)
{
	struct image out;

	return image_decode(encoded(im), &out);
}

static enum verdict verdict(struct bytes in)
{
	struct image im;
	uint8_t header[IMAGE_HEADER_SIZE];
	int rc = image_decode(in, &im);

	if (rc == MS_OK)
		image_encode(&im, header);
	return verdict_of(rc, in, BYTES_OF(header));
}

static void a_header_has_exactly_these_bytes(void **state)
{
	(void)state;
	assert_golden(encoded(&sample), "image-header.hex");
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	struct image im = { 0 };

	assert_int_equal(image_decode(encoded(&sample), &im), MS_OK);
	assert_memory_equal(&im, &sample, sizeof(im));
}

static void a_header_cut_short_is_refused(void **state)
{
	(void)state;
	every_cut_is_refused(encoded(&sample), verdict);
}

static void a_flipped_header_is_refused_or_another(void **state)
{
	(void)state;
	size_t refused = every_flip_is_refused_or_canonical(encoded(&sample), verdict);

	/* Free to change: ABI minor, FPU flag, entry, bss, TLS, static, stack and heap sizes within their bounds. */
	assert_in_range(refused, 8 * IMAGE_HEADER_SIZE - 70, 8 * IMAGE_HEADER_SIZE - 20);
}

static void what_follows_the_header_is_not_read(void **state)
{
	(void)state;
	uint8_t longer[IMAGE_HEADER_SIZE + 8];
	struct image im;

	memset(longer, 0xff, sizeof(longer));
	memcpy(longer, encoded(&sample).at, IMAGE_HEADER_SIZE);
	assert_int_equal(image_decode(BYTES_OF(longer), &im), MS_OK);
}

static void a_refused_header_leaves_the_result_alone(void **state)
{
	(void)state;
	struct image im = sample, before = sample;

	im.image_size++;
	uint8_t header[IMAGE_HEADER_SIZE];
	image_encode(&im, header);
	assert_int_equal(image_decode(BYTES_OF(header), &before), -MS_EFORMAT);
	assert_memory_equal(&before, &sample, sizeof(before));
}

static void another_abi_or_target_is_incompatible(void **state)
{
	(void)state;
	struct image im = sample;

	im.abi_major = 2;
	assert_int_equal(decoded(&im), -MS_EINCOMPATIBLE);
	im.abi_major = 0;
	assert_int_equal(decoded(&im), -MS_EINCOMPATIBLE);
	im = sample;
	im.abi_minor = 255;
	assert_int_equal(decoded(&im), MS_OK);

	for (unsigned target = 0; target <= UINT8_MAX; target++) {
		im = sample;
		im.target = (uint8_t)target;
		image_set_alignment(&im);
		assert_int_equal(decoded(&im), target >= 1 && target <= 7 ? MS_OK : -MS_EINCOMPATIBLE);
	}
}

/* Change one number of the sample; the alignment follows, so that only the rule in question is tried. */
#define WITH(field, value, expected)							\
	do {										\
		struct image changed = sample;						\
		changed.field = (value);						\
		image_set_alignment(&changed);						\
		if (decoded(&changed) != (expected))					\
			fail_msg(#field " = " #value " gives %d", decoded(&changed));	\
	} while (0)

static void parts_stand_in_order_without_gaps(void **state)
{
	(void)state;
	WITH(image_size, 524, -MS_EFORMAT);
	WITH(image_size, 529, -MS_EFORMAT);
	WITH(image_size, 532, -MS_EFORMAT);
	WITH(image_size, 0, -MS_EFORMAT);
	WITH(image_size, 60, -MS_EFORMAT);
	WITH(image_size, UINT32_MAX, -MS_EFORMAT);
	WITH(image_size, UINT32_MAX - 3, -MS_EFORMAT);
	WITH(text_size, 417, MS_OK);	/* the padding is one byte more */
	WITH(text_size, 420, MS_OK);
	WITH(text_size, 421, -MS_EFORMAT);
	WITH(text_size, 416, -MS_EFORMAT);
	WITH(text_size, UINT32_MAX, -MS_EFORMAT);
	WITH(data_offset, 480, -MS_EFORMAT);
	WITH(data_offset, 488, -MS_EFORMAT);
	WITH(data_offset, 482, -MS_EFORMAT);
	WITH(data_size, 36, MS_OK);
	WITH(data_size, 37, -MS_EFORMAT);
	WITH(data_size, UINT32_MAX, -MS_EFORMAT);
	WITH(reloc_offset, 516, -MS_EFORMAT);
	WITH(reloc_size, 4, -MS_EFORMAT);
	WITH(reloc_size, 7, -MS_EFORMAT);
	WITH(reloc_size, 12, -MS_EFORMAT);
	WITH(reloc_size, UINT32_MAX - 3, -MS_EFORMAT);
}

static void the_entry_is_an_instruction_in_text(void **state)
{
	(void)state;
	WITH(entry, 0, MS_OK);
	WITH(entry, 416, MS_OK);
	WITH(entry, 418, -MS_EFORMAT);
	WITH(entry, 17, -MS_EFORMAT);
	WITH(entry, UINT32_MAX - 1, -MS_EFORMAT);
}

/* Text of almost 4 GiB, behind which all parts stand in order again: each of these would end where the image does. */
static void parts_that_wrap_around_are_refused(void **state)
{
	(void)state;
	struct image beyond = sample, less_than_a_header = sample;

	beyond.image_size = 76;
	beyond.text_size = UINT32_MAX - 31;
	beyond.data_offset = 32;
	beyond.reloc_offset = 68;
	image_set_alignment(&beyond);
	assert_int_equal(decoded(&beyond), -MS_EFORMAT);

	less_than_a_header.image_size = 44;
	less_than_a_header.text_size = UINT32_MAX - 63;
	less_than_a_header.data_offset = 0;
	less_than_a_header.reloc_offset = 36;
	image_set_alignment(&less_than_a_header);
	assert_int_equal(decoded(&less_than_a_header), -MS_EFORMAT);
}

/* The runtime writes there. */
static void static_memory_has_room_for_the_thread_pointer(void **state)
{
	(void)state;
	struct image im = sample;

	im.data_size = im.bss_size = im.tls_offset = 0;
	im.reloc_offset = 484;
	im.image_size = 492;
	im.static_size = IMAGE_STATIC_MIN;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), MS_OK);
	im.static_size = 0;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), -MS_EFORMAT);
}

static void static_memory_holds_data_bss_and_thread_pointer(void **state)
{
	(void)state;
	WITH(static_size, 136, MS_OK);	/* 33 + 100 fit */
	WITH(static_size, 128, -MS_EFORMAT);
	WITH(static_size, 150, -MS_EFORMAT);
	WITH(static_size, IMAGE_STATIC_MAX, MS_OK);
	WITH(static_size, IMAGE_STATIC_MAX + 8, -MS_EFORMAT);
	WITH(static_size, UINT32_MAX - 7, -MS_EFORMAT);
	WITH(bss_size, 119, MS_OK);
	WITH(bss_size, 120, -MS_EFORMAT);
	WITH(bss_size, UINT32_MAX, -MS_EFORMAT);
	WITH(bss_size, UINT32_MAX - 32, -MS_EFORMAT);
	WITH(tls_offset, 152, MS_OK);
	WITH(tls_offset, 153, -MS_EFORMAT);
	WITH(tls_offset, UINT32_MAX, -MS_EFORMAT);
}

static void stack_and_heap_have_bounds_and_units(void **state)
{
	(void)state;
	WITH(stack_size, 256, MS_OK);
	WITH(stack_size, 224, -MS_EFORMAT);
	WITH(stack_size, 272, -MS_EFORMAT);
	WITH(stack_size, IMAGE_STACK_MAX, MS_OK);
	WITH(stack_size, IMAGE_STACK_MAX + 32, -MS_EFORMAT);
	WITH(stack_size, UINT32_MAX - 31, -MS_EFORMAT);
	WITH(heap_size, 0, MS_OK);
	WITH(heap_size, 4, -MS_EFORMAT);
	WITH(heap_size, IMAGE_HEAP_MAX, MS_OK);
	WITH(heap_size, IMAGE_HEAP_MAX + 8, -MS_EFORMAT);
	WITH(heap_size, UINT32_MAX - 7, -MS_EFORMAT);
}

static void only_known_flags_are_allowed(void **state)
{
	(void)state;
	WITH(flags, IMAGE_FLAG_FPU, MS_OK);
	for (unsigned flags = 2; flags <= UINT8_MAX; flags++)
		WITH(flags, (uint8_t)flags, -MS_EFORMAT);
}

static void the_alignment_is_the_one_that_is_needed(void **state)
{
	(void)state;
	for (unsigned log2 = 0; log2 <= UINT8_MAX; log2++) {
		struct image im = sample;

		im.flash_align_log2 = (uint8_t)log2;
		assert_int_equal(decoded(&im), log2 == 7 ? MS_OK : -MS_EFORMAT);
		im = sample;
		im.ram_align_log2 = (uint8_t)log2;
		assert_int_equal(decoded(&im), log2 == 9 ? MS_OK : -MS_EFORMAT);
	}
}

static void the_alignment_of_each_target_is_its_granule(void **state)
{
	(void)state;
	for (uint8_t target = MS_TARGET_V6M; target <= MS_TARGET_V8M_FP; target++) {
		struct image im = sample;

		im.target = target;
		image_set_alignment(&im);
		assert_int_equal(1 << im.flash_align_log2, region_granule(region_kind(target), im.image_size));
		assert_int_equal(1 << im.ram_align_log2, region_granule(region_kind(target), image_ram_size(&im)));
	}
}

static void ram_is_the_sum_rounded_up_to_32(void **state)
{
	(void)state;
	struct image im = sample;

	assert_int_equal(image_ram_size(&im), 2208);
	im.static_size = 160;
	assert_int_equal(image_ram_size(&im), 2208);
	im.static_size = 168;
	assert_int_equal(image_ram_size(&im), 2240);
	im.stack_size = IMAGE_STACK_MAX;
	im.static_size = IMAGE_STATIC_MAX;
	im.heap_size = IMAGE_HEAP_MAX;
	assert_int_equal(image_ram_size(&im), 129 << 20);
}

/* Two bytes of code, no data, no relocations; then parts that are said to be elsewhere, or nothing at all. */
static void the_smallest_image_is_read(void **state)
{
	(void)state;
	struct image small = sample;

	small.text_size = 2;
	small.entry = 0;
	small.image_size = small.data_offset = small.reloc_offset = 68;
	small.data_size = small.reloc_size = small.bss_size = small.tls_offset = 0;
	small.static_size = IMAGE_STATIC_MIN;
	image_set_alignment(&small);
	assert_int_equal(decoded(&small), MS_OK);

	struct image im = small;
	im.static_size = 0;
	assert_int_equal(decoded(&im), -MS_EFORMAT);
	im = small;
	im.data_offset = 64;
	assert_int_equal(decoded(&im), -MS_EFORMAT);
	im = small;
	im.reloc_offset = 72;
	assert_int_equal(decoded(&im), -MS_EFORMAT);
	im = small;
	im.data_offset = im.reloc_offset = 0;
	assert_int_equal(decoded(&im), -MS_EFORMAT);
	im = small;
	im.text_size = 0;
	im.image_size = im.data_offset = im.reloc_offset = 64;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), -MS_EFORMAT);
}

static void data_may_be_all_of_static_memory(void **state)
{
	(void)state;
	struct image im = sample;

	im.data_size = 32;
	im.bss_size = 0;
	im.static_size = im.tls_offset = 32;
	im.reloc_offset = 516;
	im.reloc_size = 12;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), MS_OK);
	im.bss_size = 1;
	assert_int_equal(decoded(&im), -MS_EFORMAT);
	im.bss_size = 0;
	im.static_size = im.tls_offset = 24;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), -MS_EFORMAT);
}

static void the_largest_image_is_read(void **state)
{
	(void)state;
	struct image im = sample;

	im.image_size = IMAGE_SIZE_MAX;
	im.text_size = IMAGE_SIZE_MAX - 64;
	im.data_offset = im.reloc_offset = IMAGE_SIZE_MAX;
	im.data_size = im.reloc_size = 0;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), MS_OK);
	im.image_size += 4;
	im.text_size += 4;
	im.data_offset = im.reloc_offset = im.image_size;
	image_set_alignment(&im);
	assert_int_equal(decoded(&im), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_has_exactly_these_bytes),
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(a_header_cut_short_is_refused),
		cmocka_unit_test(a_flipped_header_is_refused_or_another),
		cmocka_unit_test(what_follows_the_header_is_not_read),
		cmocka_unit_test(a_refused_header_leaves_the_result_alone),
		cmocka_unit_test(another_abi_or_target_is_incompatible),
		cmocka_unit_test(parts_stand_in_order_without_gaps),
		cmocka_unit_test(the_entry_is_an_instruction_in_text),
		cmocka_unit_test(parts_that_wrap_around_are_refused),
		cmocka_unit_test(static_memory_has_room_for_the_thread_pointer),
		cmocka_unit_test(static_memory_holds_data_bss_and_thread_pointer),
		cmocka_unit_test(stack_and_heap_have_bounds_and_units),
		cmocka_unit_test(only_known_flags_are_allowed),
		cmocka_unit_test(the_alignment_is_the_one_that_is_needed),
		cmocka_unit_test(the_alignment_of_each_target_is_its_granule),
		cmocka_unit_test(ram_is_the_sum_rounded_up_to_32),
		cmocka_unit_test(the_smallest_image_is_read),
		cmocka_unit_test(data_may_be_all_of_static_memory),
		cmocka_unit_test(the_largest_image_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
