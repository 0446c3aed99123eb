/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of cipher.h, called directly and by a client on the same device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/parameter.h>
#include <ms/sim.h>
#include <psa/error.h>

#include "cipher.h"
#include "key.h"

static const uint8_t text[] = "23.5 degrees", other[sizeof(text)] = "23.6 degrees";
static const uint8_t key[KEY_SIZE] = { 1, 2, 3 }, other_key[KEY_SIZE] = { 1, 2, 3, [KEY_SIZE - 1] = 1 };

/* In the product's place, for the service that runs here. */
int ms_parameter_get(const char *name, void *buffer, size_t size)
{
	assert_string_equal(name, "key");
	assert_int_equal(size, KEY_SIZE);
	memcpy(buffer, key, size);
	return KEY_SIZE;
}

enum { SEALED = sizeof(text) + CIPHER_TAG_SIZE };

static int begin(void **state)
{
	sim_setup(state);
	return cipher_init(key);
}

static void seal(const uint8_t *what, uint8_t nonce[CIPHER_NONCE_SIZE], uint8_t sealed[SEALED])
{
	size_t size;

	assert_int_equal(cipher_seal(what, sizeof(text), nonce, sealed, SEALED, &size), PSA_SUCCESS);
	assert_int_equal(size, SEALED);
}

static psa_status_t open(const uint8_t nonce[CIPHER_NONCE_SIZE], const uint8_t sealed[SEALED], uint8_t opened[sizeof(text)])
{
	size_t size;

	return cipher_open(nonce, sealed, SEALED, opened, sizeof(text), &size);
}

static void what_was_sealed_comes_back(void **state)
{
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[SEALED], opened[sizeof(text)];
	(void)state;

	seal(text, nonce, sealed);
	assert_memory_not_equal(sealed, text, sizeof(text));
	assert_int_equal(open(nonce, sealed, opened), PSA_SUCCESS);
	assert_memory_equal(opened, text, sizeof(text));
}

static void no_two_texts_have_one_nonce(void **state)
{
	uint8_t nonce[2][CIPHER_NONCE_SIZE], sealed[2][SEALED];
	(void)state;

	seal(text, nonce[0], sealed[0]);
	seal(other, nonce[1], sealed[1]);
	assert_memory_not_equal(nonce[0], nonce[1], CIPHER_NONCE_SIZE);
}

static void another_key_does_not_open_it(void **state)
{
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[SEALED], opened[sizeof(text)];
	(void)state;

	seal(text, nonce, sealed);
	assert_int_equal(cipher_init(other_key), PSA_SUCCESS);
	assert_int_equal(open(nonce, sealed, opened), PSA_ERROR_INVALID_SIGNATURE);
}

static void each_bit_that_is_changed_is_noticed(void **state)
{
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[SEALED], opened[sizeof(text)];
	(void)state;

	seal(text, nonce, sealed);
	for (unsigned bit = 0; bit < 8 * SEALED; bit++) {
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(open(nonce, sealed, opened), PSA_ERROR_INVALID_SIGNATURE);
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	nonce[0] ^= 1;
	assert_int_equal(open(nonce, sealed, opened), PSA_ERROR_INVALID_SIGNATURE);
}

static void what_has_no_room_is_refused(void **state)
{
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[SEALED];
	size_t size;
	(void)state;

	assert_int_equal(cipher_seal(text, sizeof(text), nonce, sealed, SEALED - 1, &size), PSA_ERROR_BUFFER_TOO_SMALL);
	assert_int_equal(cipher_open(nonce, sealed, CIPHER_TAG_SIZE - 1, sealed, SEALED, &size), PSA_ERROR_INVALID_ARGUMENT);
}

static void a_client_gets_answers(void **state)
{
	struct sim *sim = *state;

	sim_start(sim, "cipher");
	sim_run(sim, "caller", 1000);
	assert_ended(sim, "caller");
	assert_int_equal(sim_exit_status(sim, "caller"), 0);
	assert_int_equal(sim_run_count(sim, "cipher"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_sealed_comes_back, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(no_two_texts_have_one_nonce, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(another_key_does_not_open_it, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(each_bit_that_is_changed_is_noticed, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(what_has_no_room_is_refused, begin, sim_teardown),
		cmocka_unit_test_setup_teardown(a_client_gets_answers, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
