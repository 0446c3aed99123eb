/* SPDX-License-Identifier: Apache-2.0 */
/* The service's functions, against NIST's files as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "aes.h"
#include "rsp.h"

/* What the files of vectors/ hold together. */
enum { ANSWER_COUNT = 4276 };

static int setup(void **state)
{
	sim_setup(state);
	return aes_init();
}

static void check(const char *name, const struct rsp *r)
{
	const struct aes_with with = {
		.mode = name[0] == 'E' ? AES_ECB : AES_CBC,
		.key = r->key.at, .key_size = r->key.size, .iv = r->iv.at,
	};
	bool encrypt = strcmp(r->section, "ENCRYPT") == 0;
	const struct rsp_field *from = encrypt ? &r->plain : &r->cipher, *want = encrypt ? &r->cipher : &r->plain;
	uint8_t got[RSP_FIELD_MAX];

	int rc = (encrypt ? aes_encrypt : aes_decrypt)(&with, from->at, from->size, got);
	if (rc != 0 || from->size != want->size || memcmp(got, want->at, want->size) != 0)
		fail_msg("%s [%s] COUNT = %u: %d", name, r->section, r->number, rc);
}

static void each_answer_is_nists(void **state)
{
	(void)state;
	unsigned answers = 0;
	struct rsp r;

	for (unsigned i = 0; i < RSP_COUNT; i++)
		for (rsp_open(&r, rsp_names[i]); rsp_next(&r); answers++)
			check(rsp_names[i], &r);
	assert_int_equal(answers, ANSWER_COUNT);
}

static const uint8_t key[AES_KEY_SIZE_MAX] = "0123456789abcdef0123456789abcde", iv[AES_BLOCK_SIZE] = "fedcba987654321";

static void what_was_encrypted_in_place_comes_back(void **state)
{
	(void)state;
	const struct aes_with with = { .mode = AES_CBC, .key = key, .key_size = 32, .iv = iv };
	uint8_t text[48] = "three blocks of text, which are forty-eight";
	uint8_t before[sizeof(text)];

	memcpy(before, text, sizeof(text));
	assert_int_equal(aes_encrypt(&with, text, sizeof(text), text), 0);
	assert_memory_not_equal(text, before, sizeof(text));
	assert_int_equal(aes_decrypt(&with, text, sizeof(text), text), 0);
	assert_memory_equal(text, before, sizeof(text));
}

static void keys_of_other_sizes_are_refused(void **state)
{
	(void)state;
	uint8_t block[AES_BLOCK_SIZE] = { 0 };

	for (size_t size = 0; size <= sizeof(key); size++) {
		const struct aes_with with = { .mode = AES_ECB, .key = key, .key_size = size };
		bool fine = size == 16 || size == 24 || size == 32;

		assert_int_equal(aes_encrypt(&with, block, sizeof(block), block) == 0, fine);
		assert_int_equal(aes_decrypt(&with, block, sizeof(block), block) == 0, fine);
	}
}

static void broken_blocks_are_refused(void **state)
{
	(void)state;
	uint8_t text[2 * AES_BLOCK_SIZE] = { 0 };

	for (size_t size = 1; size < sizeof(text); size++) {
		const struct aes_with with = { .mode = AES_CBC, .key = key, .key_size = 16, .iv = iv };
		bool fine = size == AES_BLOCK_SIZE;

		assert_int_equal(aes_encrypt(&with, text, size, text) == 0, fine);
		assert_int_equal(aes_decrypt(&with, text, size, text) == 0, fine);
	}
}

/* More than there are key slots: each call gives its slot back, also when it fails. */
static void a_thousand_refusals_use_nothing_up(void **state)
{
	(void)state;
	const struct aes_with with = { .mode = AES_ECB, .key = key, .key_size = 16 };
	uint8_t block[AES_BLOCK_SIZE] = { 0 };

	for (int i = 0; i < 1000; i++)
		assert_int_not_equal(aes_encrypt(&with, block, sizeof(block) - 1, block), 0);
	assert_int_equal(aes_encrypt(&with, block, sizeof(block), block), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_answer_is_nists, setup, sim_teardown),
		cmocka_unit_test_setup_teardown(what_was_encrypted_in_place_comes_back, setup, sim_teardown),
		cmocka_unit_test_setup_teardown(keys_of_other_sizes_are_refused, setup, sim_teardown),
		cmocka_unit_test_setup_teardown(broken_blocks_are_refused, setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_thousand_refusals_use_nothing_up, setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
