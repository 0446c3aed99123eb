/* SPDX-License-Identifier: Apache-2.0 */
#include "statement.h"

#include "scratch.h"
#include "trust.h"

static struct err e;
static struct key *old, *next;

static int make(void **state)
{
	umask(077);
	if (scratch_make(state) < 0 || key_create("old.pem", &scratch, &e) < 0 || key_create("next.pem", &scratch, &e) < 0)
		return -1;
	return key_open("old.pem", &scratch, &old, &e) < 0 || key_open("next.pem", &scratch, &next, &e) < 0 ? -1 : 0;
}

static int end(void **state)
{
	key_close(old);
	key_close(next);
	return scratch_remove(state);
}

static struct bytes rotation(struct statement *s)
{
	struct bytes text;

	*s = (struct statement){ .kind = STATEMENT_ROTATION, .date = "2026-11-22", .key = *key_public_of(next) };
	assert_int_equal(statement_sign(s, old, &scratch, &e), MS_OK);
	assert_int_equal(statement_write(s, &scratch, &text, &e), MS_OK);
	return text;
}

static void what_is_written_is_read_as_the_same(void **state)
{
	(void)state;
	struct statement s, again;
	struct bytes text = rotation(&s);

	assert_true(statement_is(text));
	assert_int_equal(statement_read(text, "x", &scratch, &again, &e), MS_OK);
	assert_int_equal(again.kind, STATEMENT_ROTATION);
	assert_string_equal(again.date, "2026-11-22");
	assert_null(again.reason);
	assert_memory_equal(&again.key, &s.key, sizeof(s.key));
	assert_int_equal(statement_verify(&again, key_public_of(old), &scratch), MS_OK);
	assert_int_equal(statement_verify(&again, key_public_of(next), &scratch), -MS_ESIGNATURE);
}

/* A text may be read in one form only: a changed one is not read, or its signature is wrong. */
static void no_changed_byte_is_believed(void **state)
{
	(void)state;
	struct statement s, again;
	struct bytes text = rotation(&s);
	uint8_t *bad = (uint8_t *)arena_copy(&scratch, text).at;
	int read = 0;

	for (size_t i = 0; i < text.size; i++) {
		for (int bit = 0; bit < 8; bit += 3) {
			struct err none = { 0 };

			bad[i] ^= (uint8_t)(1u << bit);
			if (statement_read((struct bytes){ bad, text.size }, "x", &scratch, &again, &none) == MS_OK) {
				read++;
				assert_int_equal(statement_verify(&again, key_public_of(old), &scratch), -MS_ESIGNATURE);
			}
			bad[i] ^= (uint8_t)(1u << bit);
		}
	}
	assert_true(read > 0);	/* a digit of the day, or of the signature */
}

static void what_is_cut_or_longer_is_not_read(void **state)
{
	(void)state;
	struct statement s, again;
	struct bytes text = rotation(&s);
	size_t unsigned_size = text.size - (2 * COSE_BLOCK_SIZE + sizeof("# signature: "));

	for (size_t size = 0; size < text.size; size++) {
		struct err none = { 0 };

		int rc = statement_read(bytes_part(text, 0, size), "x", &scratch, &again, &none);
		assert_int_equal(rc, size == unsigned_size ? MS_OK : -MS_EFORMAT);
		if (rc == MS_OK)
			assert_int_equal(statement_verify(&again, key_public_of(old), &scratch), -MS_ESIGNATURE);
	}
	const char *longer = arena_printf(&scratch, "%s\n", arena_string(&scratch, text));
	assert_int_equal(statement_read((struct bytes){ (const uint8_t *)longer, text.size + 1 }, "x", &scratch, &again, &e), -MS_EFORMAT);
}

/* The same facts and key, signed as the other kind, say nothing. */
static void a_signature_is_of_one_kind(void **state)
{
	(void)state;
	struct statement s = { .kind = STATEMENT_REVOCATION, .date = "2026-11-22", .reason = "lost", .key = *key_public_of(old) };

	assert_int_equal(statement_sign(&s, old, &scratch, &e), MS_OK);
	assert_int_equal(statement_verify(&s, key_public_of(old), &scratch), MS_OK);
	s.kind = STATEMENT_ROTATION;
	assert_int_equal(statement_verify(&s, key_public_of(old), &scratch), -MS_ESIGNATURE);
}

static void a_revocation_has_a_reason_of_one_line(void **state)
{
	(void)state;
	struct statement s = { .kind = STATEMENT_REVOCATION, .date = "2026-11-22", .reason = "two\nlines", .key = *key_public_of(old) }, again;
	struct bytes text;

	assert_int_equal(statement_sign(&s, old, &scratch, &e), -MS_EINVAL);
	s.reason = NULL;
	assert_int_equal(statement_write(&s, &scratch, &text, &e), MS_OK);
	assert_int_equal(statement_read(text, "x", &scratch, &again, &e), -MS_EFORMAT);
}

/* Keys of a folder: one follows another until it is revoked. */
static void a_chain_of_keys_ends_where_one_is_revoked(void **state)
{
	(void)state;
	struct trusted t = { .key = *key_public_of(old), .role = TRUST_DEVELOPER, .vendor = "example.org", .label = "them" }, out;
	struct statement s, lost = { .kind = STATEMENT_REVOCATION, .date = "2026-11-22", .reason = "lost", .key = *key_public_of(old) };

	rotation(&s);
	assert_int_equal(trust_take_in("trust", &s, false, &scratch, &out, &e), -MS_ESIGNATURE);
	assert_int_equal(trust_add_in("trust", &t, &scratch, &e), MS_OK);
	assert_int_equal(trust_take_in("trust", &s, false, &scratch, &out, &e), MS_OK);
	assert_string_equal(out.vendor, "example.org");
	assert_int_equal(trust_find_in("trust", key_public_of(next)->kid, TRUST_DEVELOPER, "example.org", &scratch, &out, &e), MS_OK);
	assert_int_equal(trust_find_in("trust", key_public_of(next)->kid, TRUST_DEVELOPER, "other.org", &scratch, &out, &e), -MS_ESIGNATURE);

	assert_int_equal(trust_take_in("trust", &lost, false, &scratch, &out, &e), -MS_ESIGNATURE);
	assert_int_equal(statement_sign(&lost, old, &scratch, &e), MS_OK);
	assert_int_equal(trust_take_in("trust", &lost, false, &scratch, &out, &e), MS_OK);
	assert_int_equal(trust_find_in("trust", t.key.kid, TRUST_DEVELOPER, NULL, &scratch, &out, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "was revoked on 2026-11-22: lost"));
	assert_int_equal(trust_take_in("trust", &s, false, &scratch, &out, &e), -MS_ESIGNATURE);
	assert_int_equal(trust_find_in("trust", key_public_of(next)->kid, TRUST_DEVELOPER, NULL, &scratch, &out, &e), MS_OK);
}

/* What cannot be read may have said anything. */
static void a_damaged_record_still_revokes(void **state)
{
	(void)state;
	struct trusted t = { .key = *key_public_of(old), .role = TRUST_DEVELOPER }, out;

	assert_int_equal(trust_add_in("trust", &t, &scratch, &e), MS_OK);
	write_text(arena_printf(&scratch, "trust/%s.revoked", key_kid_text(t.key.kid, &scratch)), "");
	assert_int_equal(trust_find_in("trust", t.key.kid, TRUST_DEVELOPER, NULL, &scratch, &out, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "which is damaged"));
}

#define statement_test(f) cmocka_unit_test_setup_teardown(f, make, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		statement_test(what_is_written_is_read_as_the_same),
		statement_test(no_changed_byte_is_believed),
		statement_test(what_is_cut_or_longer_is_not_read),
		statement_test(a_signature_is_of_one_kind),
		statement_test(a_revocation_has_a_reason_of_one_line),
		statement_test(a_chain_of_keys_ends_where_one_is_revoked),
		statement_test(a_damaged_record_still_revokes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
