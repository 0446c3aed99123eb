/* SPDX-License-Identifier: Apache-2.0 */
/* Maps of flash and RAM: each byte of both is in exactly one piece, on every board there is. */
#include "sample_files.h"

#include <glob.h>

#include "executable.h"
#include "given.h"
#include "layout_map.h"

enum { SERVICES = 6 };

/* An image of a size that a board with little memory has room for, too. */
static struct bytes image(uint32_t code, uint32_t stack, uint8_t target)
{
	uint8_t *raw = arena_take(&arena, IMAGE_HEADER_SIZE + code);
	struct image im = {
		.abi_major = MS_ABI_MAJOR, .abi_minor = MS_ABI_MINOR, .target = target, .image_size = IMAGE_HEADER_SIZE + code, .text_size = code - 8,
		.data_offset = IMAGE_HEADER_SIZE + code - 8, .data_size = 8, .reloc_offset = IMAGE_HEADER_SIZE + code, .static_size = 32, .bss_size = 24, .tls_offset = 32,
		.stack_size = stack,
	};

	image_set_alignment(&im);
	image_encode(&im, raw);
	return (struct bytes){ raw, IMAGE_HEADER_SIZE + code };
}

static void assert_whole(const struct layout_memory *m)
{
	uint32_t at = m->all.base, sum = 0, kinds[LAYOUT_KIND_COUNT] = { 0 };

	for (uint32_t i = 0; i < m->count; i++) {
		const struct layout_piece *p = &m->at[i];

		assert_int_equal(p->at.base, at);
		assert_true(p->at.size > 0);
		at += p->at.size;
		kinds[p->kind] += p->at.size;
		assert_true(p->what != NULL);
		if (p->kind == LAYOUT_WASTED || p->kind == LAYOUT_KEPT)
			assert_true(p->cause && p->reason);
		if (p->kind == LAYOUT_USED)
			assert_non_null(p->owner);
	}
	assert_int_equal(at, m->all.base + m->all.size);
	for (int i = 0; i < LAYOUT_KIND_COUNT; i++) {
		assert_int_equal(m->sum[i], kinds[i]);
		sum += m->sum[i];
	}
	assert_int_equal(sum, m->all.size);
}

/* What is said of a service's extent is what the protection would be set to. */
static void assert_covered(const struct layout_memory *m, enum mpu_kind mpu, uint32_t expected)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < m->count; i++) {
		const struct layout_piece *p = &m->at[i];

		if (!p->align)
			continue;
		found++;
		assert_true(region_legal(mpu, p->extent.base, p->extent.size));
		assert_int_equal(p->extent.base % p->align + p->extent.size % p->align, 0);
		assert_int_equal(p->region, mpu == MPU_V7 ? region_window(p->extent.base, p->extent.size) : 0);
		if (p->region)
			assert_int_equal(__builtin_popcount(p->eighths) * (p->region / 8), p->extent.size);
		if (p->region)
			assert_int_equal(__builtin_ctz(p->eighths), p->extent.base % p->region / (p->region / 8));
	}
	assert_int_equal(found, expected);
}

static void map_on(const char *dtb)
{
	static const char *const names[SERVICES] = { "a", "b", "c", "d", "e", "f" };
	struct device_service services[SERVICES] = { 0 };
	static const uint8_t signer[32];
	struct layout_map map;
	struct board board;
	struct err e = { 0 };

	assert_int_equal(board_open(dtb, &arena, &board, &e), MS_OK);
	for (uint32_t i = 0; i < SERVICES; i++) {
		services[i] = (struct device_service){ .name = names[i], .image = image(200 + 1700 * i, 256 + 160 * i, board.target), .signer = signer };
		device_service_default(&services[i]);
	}
	struct device d = { .board = &board, .vendor = "example.org", .runtime = BYTES_LITERAL("the runtime"), .services = services, .service_count = SERVICES, .sequence = 1 };

	if (device_check(&d, &arena, &e) < 0)
		fail_msg("%s: %s; %s", dtb, e.text, e.fix);
	layout_map(&d, &arena, &map);
	assert_whole(&map.flash);
	assert_whole(&map.ram);
	assert_covered(&map.flash, board.mpu, SERVICES);
	assert_covered(&map.ram, board.mpu, SERVICES);
}

static void the_pieces_of_each_board_are_all_of_its_memory(void **state)
{
	(void)state;
	glob_t boards;

	assert_int_equal(glob("out/boards/*/board.dtb", 0, NULL, &boards), 0);
	assert_true(boards.gl_pathc >= 9);
	for (size_t i = 0; i < boards.gl_pathc; i++)
		map_on(boards.gl_pathv[i]);
	globfree(&boards);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_pieces_of_each_board_are_all_of_its_memory, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
