/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "region.h"

static const enum mpu_kind kinds[] = { MPU_NONE, MPU_V7, MPU_V8 };
enum { KIND_COUNT = 3, GIB = 1 << 30 };

/* The rule for PMSAv7, said once more and slowly: some window of eighths covers exactly these bytes. */
static bool covered_by_eighths(uint64_t base, uint64_t extent)
{
	for (uint64_t window = 256; window <= GIB; window *= 2) {
		uint64_t start = base / window * window;

		for (unsigned first = 0; first < 8; first++) {
			for (unsigned count = 1; first + count <= 8; count++) {
				if (base == start + first * (window / 8) && extent == count * (window / 8))
					return true;
			}
		}
	}
	return false;
}

static bool legal_slowly(enum mpu_kind kind, uint64_t base, uint64_t extent)
{
	if (extent == 0 || base + extent > UINT32_MAX)
		return false;
	if (kind == MPU_V7)
		return covered_by_eighths(base, extent);
	return base % 32 == 0 && extent % 32 == 0;
}

static void each_target_has_its_protection(void **state)
{
	(void)state;
	assert_int_equal(region_kind(MS_TARGET_V6M), MPU_V7);
	assert_int_equal(region_kind(MS_TARGET_V7EM_FP), MPU_V7);
	assert_int_equal(region_kind(MS_TARGET_V8M_BASE), MPU_V8);
	assert_int_equal(region_kind(MS_TARGET_V8M_FP), MPU_V8);
	assert_int_equal(region_kind(0), MPU_NONE);
	for (unsigned target = MS_TARGET_V8M_FP + 1; target <= UINT8_MAX; target++)
		assert_int_equal(region_kind((uint8_t)target), MPU_NONE);
}

static void legal_is_what_the_rule_says_for_all_small_extents(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (uint32_t base = 0; base <= 3072; base += 8) {
			for (uint32_t extent = 0; extent <= 2560; extent += 8)
				assert_int_equal(region_legal(kinds[k], base, extent), legal_slowly(kinds[k], base, extent));
		}
	}
}

static void legal_is_what_the_rule_says_at_odd_numbers(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (uint32_t base = 0; base <= 70; base++) {
			for (uint32_t extent = 0; extent <= 300; extent++)
				assert_int_equal(region_legal(kinds[k], base, extent), legal_slowly(kinds[k], base, extent));
		}
	}
}

static void legal_is_what_the_rule_says_near_the_end_of_memory(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (uint32_t below = 1; below <= 64; below++) {
			for (uint32_t units = 1; units <= 80; units++) {
				uint32_t base = (uint32_t)(UINT64_C(0x100000000) - 32 * below);

				assert_int_equal(region_legal(kinds[k], base, 32 * units), legal_slowly(kinds[k], base, 32 * units));
			}
		}
	}
	assert_false(region_legal(MPU_V8, 32, UINT32_MAX - 31));
	assert_false(region_legal(MPU_V7, 0xc0000000, GIB));
	assert_true(region_legal(MPU_V7, 0x80000000, GIB));
	assert_false(region_legal(MPU_V7, 0, UINT32_C(0x80000000)));
}

/* The least length from the definition: try each until one is legal somewhere. */
static void the_extent_is_the_least_legal_length(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (uint32_t size = 1; size <= 5000; size++) {
			uint32_t least = size;

			while (!legal_slowly(kinds[k], 0, least))
				least++;
			assert_int_equal(region_extent(kinds[k], size), least);
			assert_int_equal(least % region_granule(kinds[k], size), 0);
		}
	}
}

static void at_most_a_quarter_of_an_extent_is_wasted(void **state)
{
	(void)state;
	for (uint64_t size = 256; size <= GIB; size += size / 61 + 1) {
		uint32_t extent = region_extent(MPU_V7, (uint32_t)size);

		assert_true(extent >= size);
		assert_true((extent - size) * 4 <= extent);
	}
}

static void the_place_is_the_least_legal_start(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (uint32_t size = 1; size <= 1400; size += 7) {
			uint32_t extent = region_extent(kinds[k], size);

			for (uint32_t from = 0; from <= 2100; from += 13) {
				uint32_t least = from;

				while (!region_legal(kinds[k], least, extent))
					least++;
				assert_int_equal(region_place(kinds[k], from, size), least);
			}
		}
	}
}

static void a_place_is_legal_whatever_the_size(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		for (unsigned bit = 0; bit <= 30; bit++) {
			for (int around = -1; around <= 1; around++) {
				uint32_t size = (UINT32_C(1) << bit) + (uint32_t)around;
				uint32_t base = region_place(kinds[k], 0x20000010, size);

				if (size == 0 || size > GIB)
					assert_true(base == UINT32_MAX);
				else
					assert_true(base >= 0x20000010 && region_legal(kinds[k], base, region_extent(kinds[k], size)));
			}
		}
	}
}

static void there_is_no_place_beyond_the_end_of_memory(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		assert_true(region_place(kinds[k], UINT32_MAX, 1) == UINT32_MAX);
		assert_true(region_place(kinds[k], UINT32_MAX - 30, 32) == UINT32_MAX);
		assert_true(region_place(kinds[k], UINT32_MAX - 31, 32) == UINT32_MAX);
		assert_true(region_place(kinds[k], 0xffffff00, 128) == 0xffffff00);
		assert_true(region_place(kinds[k], 0xc0000001, GIB) == UINT32_MAX);
	}
}

static void no_size_and_too_much_have_no_extent(void **state)
{
	(void)state;
	for (unsigned k = 0; k < KIND_COUNT; k++) {
		assert_int_equal(region_granule(kinds[k], 0), 0);
		assert_int_equal(region_extent(kinds[k], 0), 0);
		assert_true(region_place(kinds[k], 0, 0) == UINT32_MAX);
		assert_int_equal(region_granule(kinds[k], GIB + 1), 0);
		assert_int_equal(region_extent(kinds[k], UINT32_MAX), 0);
		assert_int_equal(region_extent(kinds[k], GIB), GIB);
	}
	assert_int_equal(region_granule(MPU_V7, GIB), GIB / 8);
	assert_int_equal(region_granule(MPU_V7, 1), 32);
	assert_int_equal(region_granule(MPU_V7, 257), 64);
}

static void the_window_covers_the_extent_in_whole_eighths(void **state)
{
	(void)state;
	for (uint32_t base = 0; base <= 2048; base += 32) {
		for (uint32_t extent = 32; extent <= 2048; extent += 32) {
			uint32_t window = region_window(base, extent);

			assert_int_equal(window != 0, covered_by_eighths(base, extent));
			if (window == 0)
				continue;
			assert_int_equal(base % (window / 8), 0);
			assert_int_equal(extent % (window / 8), 0);
			assert_true(base % window + extent <= window);
		}
	}
	assert_int_equal(region_window(192, 128), 512);
	assert_int_equal(region_window(0, 256), 256);
}

static void the_exponent_is_that_of_the_power_not_below(void **state)
{
	(void)state;
	assert_int_equal(region_log2(0), 0);
	assert_int_equal(region_log2(1), 0);
	assert_int_equal(region_log2(2), 1);
	assert_int_equal(region_log2(3), 2);
	assert_int_equal(region_log2(GIB), 30);
	assert_int_equal(region_log2(GIB + 1), 31);
	assert_int_equal(region_log2(UINT32_C(1) << 31), 31);
	assert_int_equal(region_log2(UINT32_MAX), 31);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_target_has_its_protection),
		cmocka_unit_test(legal_is_what_the_rule_says_for_all_small_extents),
		cmocka_unit_test(legal_is_what_the_rule_says_at_odd_numbers),
		cmocka_unit_test(legal_is_what_the_rule_says_near_the_end_of_memory),
		cmocka_unit_test(the_extent_is_the_least_legal_length),
		cmocka_unit_test(at_most_a_quarter_of_an_extent_is_wasted),
		cmocka_unit_test(the_place_is_the_least_legal_start),
		cmocka_unit_test(a_place_is_legal_whatever_the_size),
		cmocka_unit_test(there_is_no_place_beyond_the_end_of_memory),
		cmocka_unit_test(no_size_and_too_much_have_no_extent),
		cmocka_unit_test(the_window_covers_the_extent_in_whole_eighths),
		cmocka_unit_test(the_exponent_is_that_of_the_power_not_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
