/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "reloc.h"

enum { OFFSET_MAX = 4096 };

struct list { uint32_t offset[OFFSET_MAX]; size_t count; };

/* Read a list to its end; false when it is malformed. */
static bool read_list(struct bytes in, uint32_t data_size, struct list *out)
{
	struct reloc_iter it;
	uint32_t offset;

	out->count = 0;
	reloc_iter_init(&it, in);
	while (reloc_next(&it, data_size, &offset)) {
		assert_false(it.failed);
		assert_true(out->count < OFFSET_MAX);
		out->offset[out->count++] = offset;
	}
	assert_false(reloc_next(&it, data_size, &offset));
	return !it.failed;
}

static struct bytes write_list(const struct list *l)
{
	static uint8_t buffer[4 * OFFSET_MAX];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	assert_int_equal(reloc_encode(l->offset, l->count, &w), MS_OK);
	return writer_bytes(&w);
}

static enum verdict verdict(struct bytes in)
{
	static struct list l;

	if (!read_list(in, 4 * OFFSET_MAX, &l))
		return REFUSED;
	return verdict_of(MS_OK, in, write_list(&l));
}

static void assert_round_trip(const struct list *l, size_t words)
{
	static struct list back;
	struct bytes written = write_list(l);

	assert_int_equal(written.size, 4 * words);
	assert_true(read_list(written, l->count ? l->offset[l->count - 1] + 4 : 0, &back));
	assert_int_equal(back.count, l->count);
	assert_memory_equal(back.offset, l->offset, l->count * sizeof(l->offset[0]));
}

static void lists_have_the_words_that_the_format_says(void **state)
{
	(void)state;
	static const struct { struct list list; size_t words; uint32_t word[3]; } cases[] = {
		{ { { 0 }, 0 }, 0, { 0 } },
		{ { { 0 }, 1 }, 1, { 0 } },
		{ { { 12 }, 1 }, 1, { 12 } },
		{ { { 12, 16 }, 2 }, 2, { 12, 0x3 } },
		{ { { 12, 20, 24 }, 3 }, 2, { 12, 0xd } },
		{ { { 0, 4 + 30 * 4 }, 2 }, 2, { 0, 0x80000001 } },
		{ { { 0, 4 + 31 * 4 }, 2 }, 2, { 0, 128 } },
		{ { { 0, 4, 4 + 31 * 4 }, 3 }, 3, { 0, 0x3, 0x3 } },
		{ { { 0x7ffffffc }, 1 }, 1, { 0x7ffffffc } },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bytes written = write_list(&cases[i].list);

		assert_int_equal(written.size, 4 * cases[i].words);
		for (size_t k = 0; k < cases[i].words; k++)
			assert_int_equal(bytes_u32(written.at + 4 * k), cases[i].word[k]);
		assert_round_trip(&cases[i].list, cases[i].words);
	}
}

static void a_run_of_words_takes_a_bit_each(void **state)
{
	(void)state;
	static struct list l;

	for (size_t count = 1; count < 200; count++) {
		l.count = count;
		for (uint32_t i = 0; i < count; i++)
			l.offset[i] = 40 + 4 * i;
		assert_round_trip(&l, 1 + (count - 1 + 30) / 31);
	}
}

/* Every set of words among the first 12, behind one that is always there and far from another. */
static void every_small_set_comes_back(void **state)
{
	(void)state;
	static struct list l, back;

	for (uint32_t set = 0; set < 1u << 12; set++) {
		l.count = 0;
		for (uint32_t i = 0; i < 12; i++) {
			if (set >> i & 1)
				l.offset[l.count++] = 16 * i;
		}
		l.offset[l.count++] = 4096;
		struct bytes written = write_list(&l);
		assert_true(read_list(written, 4100, &back));
		assert_int_equal(back.count, l.count);
		assert_memory_equal(back.offset, l.offset, l.count * sizeof(l.offset[0]));
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void random_sets_come_back(void **state)
{
	(void)state;
	static struct list l, back;
	uint32_t seed = 1;

	for (unsigned round = 0; round < 2000; round++) {
		uint32_t gap = 1 + next_random(&seed) % 40, at = next_random(&seed) % 50;

		l.count = next_random(&seed) % 300;
		for (size_t i = 0; i < l.count; i++) {
			l.offset[i] = 4 * at;
			at += 1 + next_random(&seed) % gap;
		}
		assert_true(read_list(write_list(&l), 4 * at + 4, &back));
		assert_int_equal(back.count, l.count);
		assert_memory_equal(back.offset, l.offset, l.count * sizeof(l.offset[0]));
	}
}

static void what_is_no_ascending_list_of_words_is_not_written(void **state)
{
	(void)state;
	static const uint32_t bad[][2] = { { 4, 4 }, { 8, 4 }, { 2, 8 }, { 4, 7 }, { 0, 0x80000000 }, { 4, 1 } };
	uint8_t buffer[64];

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct writer w = { .at = buffer, .size = sizeof(buffer) };

		assert_int_equal(reloc_encode(bad[i], 2, &w), -MS_EINVAL);
		assert_int_equal(w.used, 0);
	}
}

static void a_full_writer_is_an_overflow(void **state)
{
	(void)state;
	static const uint32_t offset[] = { 0, 4, 1000 };
	uint8_t buffer[12];

	for (size_t size = 0; size <= sizeof(buffer); size++) {
		struct writer w = { .at = buffer, .size = size };

		assert_int_equal(reloc_encode(offset, 3, &w), size < 12 ? -MS_EOVERFLOW : MS_OK);
		assert_int_equal(w.used, 12);
	}
}

static bool reads(const uint32_t *word, size_t count, uint32_t data_size)
{
	static struct list l;
	uint8_t in[16];
	struct writer w = { .at = in, .size = sizeof(in) };

	for (size_t i = 0; i < count; i++)
		write_u32(&w, word[i]);
	uint8_t *copy = exact_copy(writer_bytes(&w));
	bool ok = read_list((struct bytes){ copy, w.used }, data_size, &l);
	free(copy);
	return ok;
}

static void malformed_lists_are_refused(void **state)
{
	(void)state;
	assert_false(reads((uint32_t[]){ 3 }, 1, 4096));			/* a bitmap before any offset */
	assert_false(reads((uint32_t[]){ 2 }, 1, 4096));			/* not a multiple of 4 */
	assert_false(reads((uint32_t[]){ 8, 1 }, 2, 4096));			/* an empty bitmap */
	assert_false(reads((uint32_t[]){ 8, 8 }, 2, 4096));			/* the same again */
	assert_false(reads((uint32_t[]){ 800, 8 }, 2, 4096));			/* downwards */
	assert_false(reads((uint32_t[]){ 8, 12 }, 2, 4096));			/* a bitmap could have held it */
	assert_false(reads((uint32_t[]){ 8, 8 + 4 + 30 * 4 }, 2, 4096));
	assert_true(reads((uint32_t[]){ 8, 8 + 4 + 31 * 4 }, 2, 4096));
	assert_false(reads((uint32_t[]){ 8, 3, 12 + 31 * 4 }, 3, 4096));
	assert_true(reads((uint32_t[]){ 8, 3, 12 + 62 * 4 }, 3, 4096));
}

static void offsets_lie_inside_data(void **state)
{
	(void)state;
	assert_false(reads((uint32_t[]){ 0 }, 1, 0));
	assert_false(reads((uint32_t[]){ 0 }, 1, 3));
	assert_true(reads((uint32_t[]){ 0 }, 1, 4));
	assert_false(reads((uint32_t[]){ 4 }, 1, 7));
	assert_true(reads((uint32_t[]){ 4 }, 1, 8));
	assert_false(reads((uint32_t[]){ 0, 0x80000001 }, 2, 127));
	assert_true(reads((uint32_t[]){ 0, 0x80000001 }, 2, 128));
	assert_false(reads((uint32_t[]){ 0x80000000 }, 1, UINT32_MAX));
	assert_false(reads((uint32_t[]){ 0xfffffffc }, 1, UINT32_MAX));
	assert_true(reads((uint32_t[]){ 0x7ffffffc }, 1, UINT32_MAX));
	assert_false(reads((uint32_t[]){ 0x7ffffffc, 3 }, 2, UINT32_MAX));
	assert_false(reads((uint32_t[]){ 0x7ffffffc, 0xffffffff }, 2, UINT32_MAX));
}

static void a_list_that_is_no_whole_words_is_refused(void **state)
{
	(void)state;
	static const uint8_t zeros[8];
	static struct list l;

	for (size_t size = 1; size < 4; size++)
		assert_false(read_list((struct bytes){ zeros, size }, 4096, &l));
	assert_true(read_list((struct bytes){ NULL, 0 }, 0, &l));
	assert_int_equal(l.count, 0);
}

static void a_flipped_list_is_refused_or_another(void **state)
{
	(void)state;
	static const struct list l = { { 8, 12, 16, 20, 200, 2000, 2004, 2100, 2200 }, 9 };
	struct bytes written = write_list(&l);
	uint8_t copy[64];

	memcpy(copy, written.at, written.size);
	struct bytes list = { copy, written.size };
	assert_int_equal(verdict_exact(list, verdict), SAME_BYTES);
	assert_true(every_flip_is_refused_or_canonical(list, verdict) > 0);
}

/* All pairs of words of a small alphabet: what is read is written back the same, or it is refused. */
static void a_list_has_one_form(void **state)
{
	(void)state;
	unsigned accepted = 0;

	for (uint32_t first = 0; first < 300; first++) {
		for (uint32_t second = 0; second < 300; second++) {
			uint8_t in[8];
			struct writer w = { .at = in, .size = sizeof(in) };

			write_u32(&w, first);
			write_u32(&w, second);
			enum verdict v = verdict(BYTES_OF(in));
			assert_int_not_equal(v, OTHER_BYTES);
			accepted += v == SAME_BYTES;
		}
	}
	assert_true(accepted > 75 * 149);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_have_the_words_that_the_format_says),
		cmocka_unit_test(a_run_of_words_takes_a_bit_each),
		cmocka_unit_test(every_small_set_comes_back),
		cmocka_unit_test(random_sets_come_back),
		cmocka_unit_test(what_is_no_ascending_list_of_words_is_not_written),
		cmocka_unit_test(a_full_writer_is_an_overflow),
		cmocka_unit_test(malformed_lists_are_refused),
		cmocka_unit_test(offsets_lie_inside_data),
		cmocka_unit_test(a_list_that_is_no_whole_words_is_refused),
		cmocka_unit_test(a_flipped_list_is_refused_or_another),
		cmocka_unit_test(a_list_has_one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
