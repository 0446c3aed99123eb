/* SPDX-License-Identifier: Apache-2.0 */
#include "claim.h"
#include "scratch.h"

static struct key *made(const char *path)
{
	struct key *k;
	struct err e;

	if (key_create(path, &scratch, &e) < 0 || key_open(path, &scratch, &k, &e) < 0)
		fail_msg("%s", e.text);
	return k;
}

static struct bytes signed_by(const struct key *k, struct claim *c)
{
	struct bytes text;
	struct err e;

	*c = (struct claim){ .store = "store.example", .at = "https://store.example", .vendor = "acme.example", .nonce = "0123456789abcdef0123456789abcdef" };
	if (claim_sign(c, k, &scratch, &text, &e) < 0)
		fail_msg("%s", e.text);
	return text;
}

static void a_claim_says_what_was_signed(void **state)
{
	(void)state;
	struct key *k = made("k.pem");
	struct claim c, back;
	struct err e;

	assert_int_equal(claim_read(signed_by(k, &c), &scratch, &back, &e), MS_OK);
	assert_string_equal(back.store, "store.example");
	assert_string_equal(back.at, "https://store.example");
	assert_string_equal(back.vendor, "acme.example");
	assert_string_equal(back.nonce, c.nonce);
	assert_memory_equal(back.key.point, key_public_of(k)->point, sizeof(back.key.point));
	key_close(k);
}

static void no_changed_bit_is_believed(void **state)
{
	(void)state;
	struct key *k = made("k.pem");
	struct claim c, back;
	struct bytes text = signed_by(k, &c);
	struct err e;

	for (size_t i = 0; i < text.size; i++) {
		for (int bit = 0; bit < 8; bit += 3) {
			struct bytes copy = arena_copy(&scratch, text);

			((uint8_t *)copy.at)[i] ^= (uint8_t)(1 << bit);
			assert_true(claim_read(copy, &scratch, &back, &e) < 0);
		}
	}
	for (size_t size = 0; size < text.size; size++)
		assert_true(claim_read((struct bytes){ text.at, size }, &scratch, &back, &e) < 0);
	key_close(k);
}

static void a_signature_of_another_key_is_none(void **state)
{
	(void)state;
	struct key *k = made("k.pem"), *other = made("other.pem");
	struct claim c, d, back;
	char *text = arena_string(&scratch, signed_by(k, &c)), *theirs = arena_string(&scratch, signed_by(other, &d));
	struct err e;

	/* Its facts and key, the other's signature. */
	const char *mixed = arena_printf(&scratch, "%.*s%s", (int)(strstr(text, "# signature: ") - text), text, strstr(theirs, "# signature: "));
	assert_int_equal(claim_read((struct bytes){ (const uint8_t *)mixed, strlen(mixed) }, &scratch, &back, &e), -MS_ESIGNATURE);
	key_close(k);
	key_close(other);
}

static void a_fact_of_two_lines_is_not_signed(void **state)
{
	(void)state;
	struct key *k = made("k.pem");
	struct claim of_store = { .store = "store.example\n# vendor: other.example", .at = "https://store.example", .vendor = "acme.example", .nonce = "0" };
	struct claim of_address = { .store = "store.example", .at = "https://store.example\n# vendor: other.example", .vendor = "acme.example", .nonce = "0" };
	struct claim of_none = { .store = "store.example", .at = "", .vendor = "acme.example", .nonce = "0" };
	struct bytes text;
	struct err e;

	assert_true(claim_sign(&of_store, k, &scratch, &text, &e) < 0);
	assert_true(claim_sign(&of_address, k, &scratch, &text, &e) < 0);
	assert_true(claim_sign(&of_none, k, &scratch, &text, &e) < 0);
	key_close(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_claim_says_what_was_signed),
		scratch_test(no_changed_bit_is_believed),
		scratch_test(a_signature_of_another_key_is_none),
		scratch_test(a_fact_of_two_lines_is_not_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
