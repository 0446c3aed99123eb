/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of zip.h, called directly and by a client on the same device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "zip.h"

static const uint8_t text[] = "hello, hello, hello, hello!";

static void what_is_packed_is_shorter_and_comes_back(void **state)
{
	(void)state;
	uint8_t packed[64], again[64];
	size_t packed_size = 0, again_size = 0;

	assert_int_equal(zip_pack(text, sizeof(text), packed, sizeof(packed), &packed_size), PSA_SUCCESS);
	assert_true(packed_size < sizeof(text));
	assert_int_equal(zip_unpack(packed, packed_size, again, sizeof(again), &again_size), PSA_SUCCESS);
	assert_int_equal(again_size, sizeof(text));
	assert_memory_equal(again, text, sizeof(text));
}

/* The least room that is enough, and one byte less, both ways. */
static void too_little_room_is_said(void **state)
{
	(void)state;
	uint8_t packed[64], again[64];
	size_t packed_size = 0, size;

	zip_pack(text, sizeof(text), packed, sizeof(packed), &packed_size);
	assert_int_equal(zip_pack(text, sizeof(text), packed, packed_size - 1, &size), PSA_ERROR_BUFFER_TOO_SMALL);
	assert_int_equal(zip_pack(text, sizeof(text), packed, packed_size, &size), PSA_SUCCESS);
	assert_int_equal(zip_unpack(packed, packed_size, again, sizeof(text) - 1, &size), PSA_ERROR_BUFFER_TOO_SMALL);
	assert_int_equal(zip_unpack(packed, packed_size, again, sizeof(text), &size), PSA_SUCCESS);
}

/* Each byte changed, and each shorter piece. */
static void what_is_damaged_is_refused(void **state)
{
	(void)state;
	uint8_t packed[64], again[64];
	size_t packed_size = 0, size;

	zip_pack(text, sizeof(text), packed, sizeof(packed), &packed_size);
	for (size_t i = 0; i < packed_size; i++) {
		packed[i] ^= 0x10;
		assert_int_not_equal(zip_unpack(packed, packed_size, again, sizeof(again), &size), PSA_SUCCESS);
		packed[i] ^= 0x10;
		assert_int_equal(zip_unpack(packed, i, again, sizeof(again), &size), PSA_ERROR_INVALID_ARGUMENT);
	}
}

static void the_checksum_is_the_known_one(void **state)
{
	(void)state;
	uint32_t crc = 0;

	assert_int_equal(zip_crc32((const uint8_t *)"123456789", 9, &crc), PSA_SUCCESS);
	assert_int_equal(crc, 0xcbf43926);
}

static void a_client_gets_answers(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "zip");
	sim_run(sim, "client", 1000);
	assert_log(sim, "client", "unpacked they are the same");
	assert_int_equal(sim_run_count(sim, "zip"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_packed_is_shorter_and_comes_back, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(too_little_room_is_said, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(what_is_damaged_is_refused, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(the_checksum_is_the_known_one, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_client_gets_answers, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
