/* SPDX-License-Identifier: Apache-2.0 */
/* The fake of tests/api/headers/good.h: what it notes, what it gives, and that it stays within the room of both sides. */
#undef NDEBUG
#include <assert.h>
#include <string.h>

#include "good_fake.h"

static void calls_are_noted_the_first_of_them(void)
{
	for (int32_t i = 0; i < 2 * GOOD_FAKE_CALLS; i++)
		good_add(i, -i);
	assert(good_add_fake.count == 2 * GOOD_FAKE_CALLS);
	assert(good_add_fake.calls[GOOD_FAKE_CALLS - 1].a == GOOD_FAKE_CALLS - 1);
	assert(good_add_fake.calls[3].b == -3);
}

static void what_was_set_is_given(void)
{
	struct point to = { 0 };
	enum mode old = MODE_A;
	bool moved = false;

	good_move_fake.out.to = (struct point){ 3, 4 };
	good_move_fake.out.moved = true;
	assert(good_move(&(struct point){ 1, 2 }, MODE_B, &to, &moved, &old) == PSA_SUCCESS);
	assert(to.x == 3 && moved && good_move_fake.calls[0].from.y == 2 && good_move_fake.calls[0].mode == MODE_B);
}

static void a_failure_gives_nothing(void)
{
	int32_t sum = 7;

	good_sum_fake.result = PSA_ERROR_GENERIC_ERROR;
	good_sum_fake.out.sum = 8;
	assert(good_sum((const int32_t[]){ 1, 2 }, 2, &sum) == PSA_ERROR_GENERIC_ERROR);
	assert(sum == 7 && good_sum_fake.calls[0].numbers[1] == 2);
}

static void data_stays_in_its_room(void)
{
	static const uint8_t much[1000] = { 5 };
	uint8_t digest[32], small[4];
	size_t length = 0;

	assert(good_hash(much, sizeof(much), digest) == PSA_SUCCESS);
	assert(good_hash(NULL, 0, digest) == PSA_SUCCESS);
	assert(good_hash_fake.calls[0].data_size == sizeof(much) && good_hash_fake.calls[0].data[0] == 5);
	good_name_fake.out.data_length = 100;
	memset(good_name_fake.out.data, 9, 100);
	assert(good_name("somebody", small, sizeof(small), &length) == PSA_SUCCESS);
	assert(length == sizeof(small) && small[3] == 9 && !strcmp(good_name_fake.calls[0].text, "somebody"));
	length = 2;
	assert(good_rd(small, &length) == PSA_SUCCESS && length == 0);
}

static int32_t product(int32_t a, int32_t b)
{
	return a * b;
}

static void another_function_takes_its_place(void)
{
	good_add_fake.instead = product;
	assert(good_add(6, 7) == 42);
	good_fake_reset();
	assert(good_add_fake.count == 0 && good_add(6, 7) == 0);
}

int main(void)
{
	calls_are_noted_the_first_of_them();
	what_was_set_is_given();
	a_failure_gives_nothing();
	data_stays_in_its_room();
	another_function_takes_its_place();
	return 0;
}
