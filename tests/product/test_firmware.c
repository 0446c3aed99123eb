/* SPDX-License-Identifier: Apache-2.0 */
#include "firmware.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "writer.h"

static const struct board board = { .name = "test", .part[BOARD_RUNTIME] = { 0x1000, 0x100 } };

struct load { uint32_t address; const char *content; };

/* An ELF file with nothing but these segments. */
static struct bytes elf_of(const struct load *loads, uint16_t count)
{
	static const uint8_t ident[16] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };
	static uint8_t file[1024];
	struct writer w = { .at = file, .size = sizeof(file) };
	uint32_t offset = 52 + 32u * count;

	write_bytes(&w, BYTES_OF(ident));
	write_u16(&w, 2);
	write_u16(&w, 40);
	write_u32(&w, 1);
	write_u32(&w, 0);
	write_u32(&w, 52);
	write_u32(&w, 0);
	write_u32(&w, 0);
	write_u16(&w, 52);
	write_u16(&w, 32);
	write_u16(&w, count);
	write_zeros(&w, 6);
	for (uint16_t i = 0; i < count; i++) {
		uint32_t size = (uint32_t)strlen(loads[i].content);
		write_u32(&w, 1);
		write_u32(&w, offset);
		write_u32(&w, 0x20000000);
		write_u32(&w, loads[i].address);
		write_u32(&w, size);
		write_u32(&w, size + 16);
		write_u32(&w, 5);
		write_u32(&w, 4);
		offset += size;
	}
	for (uint16_t i = 0; i < count; i++)
		write_bytes(&w, (struct bytes){ (const uint8_t *)loads[i].content, strlen(loads[i].content) });
	return writer_bytes(&w);
}

static int flatten(struct bytes elf, struct bytes *flat)
{
	struct err e = { 0 };
	int rc = firmware_flatten(elf, "runtime.elf", &board, &arena, flat, &e);

	assert_int_equal(rc < 0, *e.text != 0);
	return rc;
}

static void segments_lie_where_they_are_stored(void **state)
{
	(void)state;
	static const struct load loads[] = { { 0x1000, "vectors" }, { 0x1010, "data" } };
	struct bytes flat;

	assert_int_equal(flatten(elf_of(loads, 2), &flat), MS_OK);
	assert_int_equal(flat.size, 0x14);
	assert_memory_equal(flat.at, "vectors\xff\xff\xff\xff\xff\xff\xff\xff\xff" "data", 0x14);
}

static void a_segment_outside_the_partition_is_refused(void **state)
{
	(void)state;
	static const struct load outside[] = { { 0xff8, "before it" }, { 0x10f8, "over the end" }, { 0xfffffff8, "wraps around" }, { 0x1101, "x" } };
	struct bytes flat;

	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		assert_int_equal(flatten(elf_of(&outside[i], 1), &flat), -MS_EINCOMPATIBLE);
}

static void what_fits_exactly_is_taken(void **state)
{
	(void)state;
	static const struct load last[] = { { 0x10fc, "last" } };
	struct bytes flat;

	assert_int_equal(flatten(elf_of(last, 1), &flat), MS_OK);
	assert_int_equal(flat.size, 0x100);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
	(void)state;
	static const struct load loads[] = { { 0x1000, "vectors" } };
	struct bytes whole = elf_of(loads, 1), flat;

	for (size_t size = 0; size < whole.size; size++)
		assert_int_equal(flatten((struct bytes){ whole.at, size }, &flat), -MS_EFORMAT);
}

static void another_processor_s_is_refused(void **state)
{
	(void)state;
	static const struct load loads[] = { { 0x1000, "vectors" } };
	struct bytes elf = elf_of(loads, 1), flat;

	((uint8_t *)(uintptr_t)elf.at)[18] = 3;
	assert_int_equal(flatten(elf, &flat), -MS_EFORMAT);
}

static void a_file_without_anything_to_load_is_refused(void **state)
{
	(void)state;
	struct bytes flat;

	assert_int_equal(flatten(elf_of(NULL, 0), &flat), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_lie_where_they_are_stored),
		cmocka_unit_test(a_segment_outside_the_partition_is_refused),
		cmocka_unit_test(what_fits_exactly_is_taken),
		cmocka_unit_test(a_file_cut_anywhere_is_refused),
		cmocka_unit_test(another_processor_s_is_refused),
		cmocka_unit_test(a_file_without_anything_to_load_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
