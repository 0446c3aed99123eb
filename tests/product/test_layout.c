/* SPDX-License-Identifier: Apache-2.0 */
/* Placement: always legal, never overlapping, and an understandable answer when there is no room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "layout.h"

enum { ITEM_MAX = 16 };

static const struct board v7 = {
	.name = "small", .mpu = MPU_V7,
	.part[BOARD_SERVICES] = { 0x40000, 0x10000 }, .services_ram = { 0x20008000, 0x8000 },
};

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

static void assert_placed(const struct board *b, const struct layout_item *items, uint32_t count)
{
	const struct board_window *flash = &b->part[BOARD_SERVICES], *ram = &b->services_ram;

	for (uint32_t i = 0; i < count; i++) {
		const struct layout_item *p = &items[i];

		assert_true(region_legal(b->mpu, p->flash.base, p->flash.size));
		assert_true(region_legal(b->mpu, p->ram.base, p->ram.size));
		assert_int_equal(p->flash.size, region_extent(b->mpu, p->image_size));
		assert_true(p->flash.base >= flash->base && p->flash.base + p->flash.size <= flash->base + flash->size);
		assert_true(p->ram.size >= p->ram_size);
		assert_true(p->ram.base >= ram->base && p->ram.base + p->ram.size <= ram->base + ram->size);
		for (uint32_t k = 0; k < i; k++) {
			const struct layout_item *q = &items[k];

			assert_true(p->flash.base + p->flash.size <= q->flash.base || q->flash.base + q->flash.size <= p->flash.base);
			assert_true(p->ram.base + p->ram.size <= q->ram.base || q->ram.base + q->ram.size <= p->ram.base);
		}
	}
}

static int place(const struct board *b, struct layout_item *items, uint32_t count, uint32_t variant, struct err *e)
{
	struct arena a = { 0 };

	int rc = layout_place(b, items, count, variant, &a, e);
	arena_done(&a);
	return rc;
}

static void whatever_is_placed_is_legal(void **state)
{
	(void)state;
	uint32_t random = 7, placed = 0;

	for (int round = 0; round < 2000; round++) {
		struct layout_item items[ITEM_MAX] = { 0 };
		uint32_t count = 1 + next_random(&random) % ITEM_MAX;
		struct board b = v7;
		struct err e = { 0 };

		b.mpu = round % 2 ? MPU_V7 : MPU_V8;
		for (uint32_t i = 0; i < count; i++)
			items[i] = (struct layout_item){ .name = "x", .image_size = 64 + next_random(&random) % 8192,
							 .ram_size = 256 + next_random(&random) % 4096 };
		if (place(&b, items, count, round % 3 ? next_random(&random) : 0, &e) == MS_OK) {
			assert_placed(&b, items, count);
			placed++;
		} else {
			assert_int_equal(e.code, -MS_EINCOMPATIBLE);
		}
	}
	assert_true(placed > 1000);
}

static void the_same_input_gives_the_same_placement_and_variants_differ(void **state)
{
	(void)state;
	struct layout_item one[3] = { { .name = "a", .image_size = 3000, .ram_size = 1100 }, { .name = "b", .image_size = 900, .ram_size = 2100 }, { .name = "c", .image_size = 5000, .ram_size = 600 } };
	struct layout_item again[3], other[3];
	struct err e = { 0 };
	uint32_t different = 0;

	memcpy(again, one, sizeof(one));
	assert_int_equal(place(&v7, one, 3, 0, &e), MS_OK);
	assert_int_equal(place(&v7, again, 3, 0, &e), MS_OK);
	assert_memory_equal(one, again, sizeof(one));

	for (uint32_t variant = 1; variant <= 20; variant++) {
		memcpy(other, one, sizeof(one));
		assert_int_equal(place(&v7, other, 3, variant, &e), MS_OK);
		assert_placed(&v7, other, 3);
		different += memcmp(&one[0].flash, &other[0].flash, sizeof(one[0].flash)) && memcmp(&one[0].ram, &other[0].ram, sizeof(one[0].ram));
	}
	assert_true(different >= 15);
}

/* Extents that fill the window to the last byte fit in whatever order they come. */
static void a_window_can_be_filled_whole(void **state)
{
	(void)state;
	static const uint32_t sizes[] = { 0x1000, 0x2000, 0x800, 0x400, 0x400, 0x4000 - 0x3000 + 0x1000 + 0x800, 0x800, 0x1000 };
	enum { COUNT = sizeof(sizes) / sizeof(sizes[0]) };
	struct layout_item items[COUNT] = { 0 };
	struct layout_use flash, ram;
	struct err e = { 0 };
	uint32_t sum = 0;

	for (uint32_t shift = 0; shift < COUNT; shift++) {
		sum = 0;
		for (uint32_t i = 0; i < COUNT; i++) {
			uint32_t size = sizes[(i + shift) % COUNT];

			items[i] = (struct layout_item){ .name = "x", .image_size = size, .ram_size = size };
			sum += region_extent(MPU_V7, size);
		}
		struct board b = v7;
		b.services_ram.size = sum;
		assert_int_equal(place(&b, items, COUNT, 0, &e), MS_OK);
		assert_placed(&b, items, COUNT);
		layout_use(&b, items, COUNT, &flash, &ram);
		assert_int_equal(ram.free, 0);
		assert_int_equal(ram.used + ram.wasted, sum);
		assert_int_equal(flash.free, b.part[BOARD_SERVICES].size - sum);
	}
}

static void no_room_names_the_service_and_the_numbers(void **state)
{
	(void)state;
	struct layout_item items[2] = { { .name = "small", .image_size = 500, .ram_size = 300 }, { .name = "huge", .image_size = 500, .ram_size = 0x9000 } };
	const struct layout_item before = items[0];
	struct err e = { 0 };

	assert_int_equal(place(&v7, items, 2, 0, &e), -MS_EINCOMPATIBLE);
	assert_string_equal(e.text, "'huge' needs 36864 bytes of RAM, 40960 as the memory protection can cover it, and 32448 are left in one piece");
	assert_string_equal(e.fix, "small has 32768 bytes of RAM for services, 40960 too few; most take huge 40960, small 320; rounding up costs 'huge' most, 4096; "
				   "with 'huge' at 28672 bytes or less all fits");
	assert_int_equal(err_exit_status(&e), 8);
	assert_memory_equal(&items[0], &before, sizeof(before));

	items[1].ram_size = 300;
	items[1].image_size = UINT32_MAX;
	assert_int_equal(place(&v7, items, 2, 0, &e), -MS_EINCOMPATIBLE);
	assert_non_null(strstr(e.text, "'huge' needs 4294967295 bytes of flash"));
}

/* The advice, followed to the byte, makes room; a granule more does not. */
static void what_is_said_to_fit_does_fit(void **state)
{
	(void)state;
	uint32_t random = 3, advised = 0;

	for (int round = 0; round < 100; round++) {
		struct layout_item items[6] = { 0 };
		struct err e = { 0 };
		char name[32];
		unsigned size;

		for (uint32_t i = 0; i < 6; i++)
			items[i] = (struct layout_item){ .name = (const char *const[]){ "a", "b", "c", "d", "e", "f" }[i], .image_size = 64,
							 .ram_size = 1504 + next_random(&random) % 7000 / 32 * 32 };
		if (place(&v7, items, 6, 0, &e) >= 0)
			continue;
		const char *advice = strstr(e.fix, "with '");

		if (!advice || sscanf(advice, "with '%30[^']' at %u bytes", name, &size) != 2)
			continue;
		struct layout_item *one = &items[name[0] - 'a'];

		one->ram_size = size;
		assert_int_equal(place(&v7, items, 6, 0, &e), MS_OK);
		one->ram_size += region_granule(MPU_V7, size);
		assert_int_equal(place(&v7, items, 6, 0, &e), -MS_EINCOMPATIBLE);
		advised++;
	}
	assert_true(advised > 20);
}

/* Where the last extent ends when they are laid end to end in this order. */
static uint32_t end_of_order(enum mpu_kind mpu, uint32_t base, const struct layout_item *items, const uint32_t *order, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		base = region_place(mpu, base, items[order[i]].image_size) + region_extent(mpu, items[order[i]].image_size);
	return base;
}

/* The least end over all orders, by Heap's way through them.  Any placement, read from below and pushed down, is one of them. */
static uint32_t optimum(enum mpu_kind mpu, uint32_t base, const struct layout_item *items, uint32_t count)
{
	uint32_t order[8], turn[8] = { 0 };

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	uint32_t best = end_of_order(mpu, base, items, order, count);

	for (uint32_t i = 1; i < count;) {
		if (turn[i] >= i) {
			turn[i++] = 0;
			continue;
		}
		uint32_t other = i % 2 ? turn[i] : 0, kept = order[i];

		order[i] = order[other];
		order[other] = kept;
		uint32_t end = end_of_order(mpu, base, items, order, count);

		best = end < best ? end : best;
		turn[i]++;
		i = 1;
	}
	return best;
}

static void no_order_of_seven_services_wastes_less(void **state)
{
	(void)state;
	uint32_t random = 11, gaps = 0;
	struct board b = v7;
	struct err e = { 0 };

	b.part[BOARD_SERVICES].size = b.services_ram.size = 0x100000;
	for (int round = 0; round < 150; round++) {
		uint32_t count = 2 + next_random(&random) % 6, end = 0, sum = 0, base = 0x40000 + 0x400 * (next_random(&random) % 64);
		struct layout_item items[7] = { 0 };

		b.mpu = round % 5 ? MPU_V7 : MPU_V8;
		b.part[BOARD_SERVICES].base = base;
		for (uint32_t i = 0; i < count; i++)
			items[i] = (struct layout_item){ .name = "x", .image_size = 64 + next_random(&random) % (256u << next_random(&random) % 8), .ram_size = 256 };
		assert_int_equal(place(&b, items, count, 0, &e), MS_OK);
		assert_placed(&b, items, count);
		for (uint32_t i = 0; i < count; i++) {
			end = items[i].flash.base + items[i].flash.size > end ? items[i].flash.base + items[i].flash.size : end;
			sum += items[i].flash.size;
		}
		assert_int_equal(end, optimum(b.mpu, base, items, count));
		gaps += end - base != sum;
	}
	assert_true(gaps > 5);		/* or it was no test */
}

static void several_that_are_too_much_together_are_refused(void **state)
{
	(void)state;
	struct layout_item items[9];
	struct err e = { 0 };

	for (uint32_t i = 0; i < 9; i++)
		items[i] = (struct layout_item){ .name = "x", .image_size = 64, .ram_size = 0x1000 };
	assert_int_equal(place(&v7, items, 8, 0, &e), MS_OK);
	assert_int_equal(place(&v7, items, 9, 0, &e), -MS_EINCOMPATIBLE);
	assert_non_null(strstr(e.text, "and 0 are left"));
}

/* Where a service may lie that has room beside it, anything smaller may begin. */
static void on_a_multiple_of_its_room_every_smaller_extent_is_legal(void **state)
{
	(void)state;
	for (uint32_t variant = 0; variant < 20; variant++) {
		struct layout_item items[4] = { { .name = "other", .image_size = 300 + 32 * variant, .ram_size = 300 } };
		struct err e = { 0 };

		for (uint32_t i = 1; i < 4; i++)
			items[i] = (struct layout_item){ .name = "x", .image_size = 512u << i, .ram_size = 600, .flash_align = 512u << i };
		if (place(&v7, items, 4, variant, &e) < 0)
			fail_msg("%s", e.text);
		assert_placed(&v7, items, 4);
		for (uint32_t i = 1; i < 4; i++)
			for (uint32_t size = 64; size <= items[i].image_size; size += 4)
				assert_true(region_legal(v7.mpu, items[i].flash.base, region_extent(v7.mpu, size)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_placed_is_legal),
		cmocka_unit_test(the_same_input_gives_the_same_placement_and_variants_differ),
		cmocka_unit_test(a_window_can_be_filled_whole),
		cmocka_unit_test(on_a_multiple_of_its_room_every_smaller_extent_is_legal),
		cmocka_unit_test(no_room_names_the_service_and_the_numbers),
		cmocka_unit_test(what_is_said_to_fit_does_fit),
		cmocka_unit_test(no_order_of_seven_services_wastes_less),
		cmocka_unit_test(several_that_are_too_much_together_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
