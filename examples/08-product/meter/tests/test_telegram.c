/* SPDX-License-Identifier: Apache-2.0 */
/* What is sealed and what is sent; a fake, which ms build makes, is in the cipher's place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "cipher_fake.c"
#include "telegram.h"

static int begin(void **state)
{
	(void)state;
	cipher_fake_reset();
	return 0;
}

static void the_text_is_sealed_as_it_is(void **state)
{
	struct telegram t;
	(void)state;

	cipher_seal_fake.out.sealed_length = 3 + CIPHER_TAG_SIZE;
	assert_int_equal(telegram_seal("abc", &t), PSA_SUCCESS);
	assert_int_equal(cipher_seal_fake.count, 1);
	assert_int_equal(cipher_seal_fake.calls[0].text_size, 3);
	assert_memory_equal(cipher_seal_fake.calls[0].text, "abc", 3);
	assert_int_equal(t.sealed_size, 3 + CIPHER_TAG_SIZE);
}

static void what_the_cipher_refuses_is_told(void **state)
{
	struct telegram t;
	(void)state;

	cipher_seal_fake.result = PSA_ERROR_COMMUNICATION_FAILURE;
	assert_int_equal(telegram_seal("abc", &t), PSA_ERROR_COMMUNICATION_FAILURE);
	cipher_open_fake.result = PSA_ERROR_INVALID_SIGNATURE;
	assert_int_equal(telegram_compare(&t, "abc"), PSA_ERROR_INVALID_SIGNATURE);
}

static void another_text_is_not_taken_for_it(void **state)
{
	struct telegram t = { .sealed_size = 3 + CIPHER_TAG_SIZE };
	(void)state;

	memcpy(cipher_open_fake.out.text, "abd", 3);
	cipher_open_fake.out.text_length = 3;
	assert_int_equal(telegram_compare(&t, "abc"), PSA_ERROR_DATA_CORRUPT);
	assert_int_equal(telegram_compare(&t, "abd"), PSA_SUCCESS);
	assert_int_equal(telegram_compare(&t, "abd!"), PSA_ERROR_DATA_CORRUPT);
}

static void a_line_is_hexadecimal_digits(void **state)
{
	struct telegram t = { .nonce = { 0x01, 0xab }, .sealed = { 0xff, 0x00, 0x5a }, .sealed_size = 3 };
	char line[TELEGRAM_LINE_MAX];
	(void)state;

	static const char want[] = "01ab00000000000000000000:ff005a\n";
	assert_int_equal(telegram_line(&t, line), strlen(want));
	assert_memory_equal(line, want, strlen(want));
}

static void the_longest_has_room(void **state)
{
	struct telegram t = { .sealed_size = CIPHER_SEALED_MAX };
	char line[TELEGRAM_LINE_MAX];
	(void)state;

	assert_int_equal(telegram_line(&t, line), TELEGRAM_LINE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_text_is_sealed_as_it_is, begin),
		cmocka_unit_test_setup(what_the_cipher_refuses_is_told, begin),
		cmocka_unit_test_setup(another_text_is_not_taken_for_it, begin),
		cmocka_unit_test_setup(a_line_is_hexadecimal_digits, begin),
		cmocka_unit_test_setup(the_longest_has_room, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
