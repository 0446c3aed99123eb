/* SPDX-License-Identifier: Apache-2.0 */
#include "note.h"

#include "base64.h"
#include "scratch.h"

static struct err e;

/* The example of c2sp.org/signed-note. */
static const char their_key[] = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
static const char their_note[] =
	"This is an example message.\n"
	"\n"
	"\xe2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

static void a_note_of_others_is_verified_by_their_key(void **state)
{
	(void)state;
	struct note_key k;
	struct note n;

	assert_int_equal(note_key_read(their_key, &scratch, &k, &e), MS_OK);
	assert_string_equal(k.name, "example.com/foo");
	assert_int_equal(k.id, 0x530d903a);
	assert_string_equal(note_key_write(&k, &scratch), their_key);
	assert_int_equal(note_read(BYTES_LITERAL(their_note), "theirs", &scratch, &n, &e), MS_OK);
	assert_true(bytes_equal(n.text, BYTES_LITERAL("This is an example message.\n")));
	assert_int_equal(note_verify(&n, &k), MS_OK);
}

/* RFC 8032, 7.1, test 2. */
static void a_known_key_gives_the_known_signature(void **state)
{
	(void)state;
	static const uint8_t seed[32] = {
		0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
		0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb,
	};
	static const uint8_t expected[64] = {
		0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25, 0x40,
		0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb, 0x69, 0xda,
		0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45, 0x8f, 0x36, 0x13, 0xd0, 0xf1, 0x1d, 0x8c,
		0x38, 0x7b, 0x2e, 0xae, 0xb4, 0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c, 0x00,
	};
	uint8_t signature[64];
	struct ed25519 *k;

	assert_int_equal(ed25519_from_seed(seed, &scratch, &k, &e), MS_OK);
	assert_int_equal(ed25519_sign(k, BYTES_LITERAL("\x72"), signature, &e), MS_OK);
	assert_memory_equal(signature, expected, sizeof(expected));
	assert_int_equal(ed25519_verify(ed25519_public_of(k), BYTES_LITERAL("\x72"), BYTES_OF(signature)), MS_OK);
	assert_int_equal(ed25519_verify(ed25519_public_of(k), BYTES_LITERAL("\x73"), BYTES_OF(signature)), -MS_ESIGNATURE);
	ed25519_close(k);
}

static struct ed25519 *new_key(struct note_key *public, const char *name)
{
	struct ed25519 *k;

	assert_int_equal(ed25519_create("log.pem", &scratch, &e), MS_OK);
	assert_int_equal(ed25519_open("log.pem", &scratch, &k, &e), MS_OK);
	note_key_init(public, name, ed25519_public_of(k));
	return k;
}

static void a_changed_byte_is_never_believed(void **state)
{
	(void)state;
	struct note_key public;
	struct ed25519 *k = new_key(&public, "store.example.org/log");
	struct bytes note;
	struct note n;

	assert_int_equal(note_sign(BYTES_LITERAL("store.example.org/log\n7\nroot\n"), public.name, k, &scratch, &note, &e), MS_OK);
	assert_int_equal(note_read(note, "x", &scratch, &n, &e), MS_OK);
	assert_int_equal(note_verify(&n, &public), MS_OK);

	uint8_t *bad = (uint8_t *)arena_copy(&scratch, note).at;
	for (size_t bit = 0; bit < 8 * note.size; bit++) {
		bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (note_read((struct bytes){ bad, note.size }, "x", &scratch, &n, &e) == MS_OK)
			assert_int_not_equal(note_verify(&n, &public), MS_OK);
		else
			assert_string_equal(e.id, "MS2901");
		bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	for (size_t size = 0; size < note.size; size++)
		assert_int_equal(note_read(bytes_part(note, 0, size), "x", &scratch, &n, &e), -MS_EFORMAT);
	ed25519_close(k);
}

static void signatures_of_others_do_not_matter_and_a_wrong_one_of_ours_does(void **state)
{
	(void)state;
	struct note_key ours, theirs;
	struct ed25519 *k = new_key(&ours, "store.example.org/log");
	struct bytes note, other;
	struct note n;

	assert_int_equal(note_sign(BYTES_LITERAL("text\n"), ours.name, k, &scratch, &note, &e), MS_OK);
	assert_int_equal(note_sign(BYTES_LITERAL("another\n"), ours.name, k, &scratch, &other, &e), MS_OK);
	const char *signature = strstr((const char *)other.at, "\xe2\x80\x94");
	struct text both = { 0 };
	text_add(&both, &scratch, "%.*s\xe2\x80\x94 witness.example AAAAAAAA\n", (int)note.size, (const char *)note.at);
	assert_int_equal(note_read((struct bytes){ (uint8_t *)both.at, both.size }, "x", &scratch, &n, &e), MS_OK);
	assert_int_equal(n.count, 2);
	assert_int_equal(note_verify(&n, &ours), MS_OK);

	text_add(&both, &scratch, "%s", signature);
	assert_int_equal(note_read((struct bytes){ (uint8_t *)both.at, both.size }, "x", &scratch, &n, &e), MS_OK);
	assert_int_equal(note_verify(&n, &ours), -MS_ESIGNATURE);
	assert_int_equal(note_key_read(their_key, &scratch, &theirs, &e), MS_OK);
	assert_int_equal(note_verify(&n, &theirs), -MS_ENOENT);
	ed25519_close(k);
}

static void what_is_no_note_is_refused_with_a_code(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "\n", "\n\n", "text\n", "text\n\n", "text\n\nsignature\n",
		"text\n\n\xe2\x80\x94 name\n",					/* no signature */
		"text\n\n\xe2\x80\x94 name AAAAAA==\n",				/* an ID alone */
		"text\n\n\xe2\x80\x94 name AAAAAAB\n",				/* no base 64 */
		"text\n\n\xe2\x80\x94 name AAAAAAA=\n\n",			/* a blank line behind it */
		"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n",
		"text\n\n\xe2\x80\x94  AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 name AAAAAAA=",				/* no line feed */
		"te\txt\n\n\xe2\x80\x94 name AAAAAAA=\n",			/* a control character */
		"te\xfft\n\n\xe2\x80\x94 name AAAAAAA=\n",			/* no UTF-8 */
		"text\n\xe2\x80\x94 name AAAAAAA=\n",				/* no blank line */
	};
	struct note n;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(note_read((struct bytes){ (const uint8_t *)bad[i], strlen(bad[i]) }, "x", &scratch, &n, &e), -MS_EFORMAT);
		assert_string_equal(e.id, "MS2901");
	}
}

static void what_is_no_key_is_refused_with_a_code(void **state)
{
	(void)state;
	struct note_key k;
	char bad[sizeof(their_key)];

	for (size_t at = 0; at < sizeof(bad) - 1; at++) {
		memcpy(bad, their_key, sizeof(bad));
		bad[at] ^= 1;
		assert_int_equal(note_key_read(bad, &scratch, &k, &e), -MS_EUSAGE);
		assert_string_equal(e.id, "MS2906");
		bad[at] = '\0';
		assert_int_equal(note_key_read(bad, &scratch, &k, &e), -MS_EUSAGE);
	}
}

static void base_64_has_one_form(void **state)
{
	(void)state;
	static const char *const bad[] = { "A", "AA", "AAA", "AAAAA", "AB==", "AAB=", "A===", "====", "AA=A", "A A=", "AA\n=", "AA-_" };
	uint8_t raw[70];
	struct bytes back;

	for (size_t size = 0; size < sizeof(raw); size++) {
		for (size_t i = 0; i < size; i++)
			raw[i] = (uint8_t)(37 * i + size);
		const char *text = base64_write((struct bytes){ raw, size }, &scratch);
		assert_int_equal(base64_read((struct bytes){ (const uint8_t *)text, strlen(text) }, &scratch, &back), MS_OK);
		assert_true(bytes_equal(back, (struct bytes){ raw, size }));
	}
	assert_string_equal(base64_write(BYTES_LITERAL("foobar"), &scratch), "Zm9vYmFy");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(base64_read((struct bytes){ (const uint8_t *)bad[i], strlen(bad[i]) }, &scratch, &back), -MS_EFORMAT);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
	(void)state;
	struct note_key public;
	struct ed25519 *k = new_key(&public, "x");
	struct stat st;

	ed25519_close(k);
	assert_int_equal(stat("log.pem", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(ed25519_create("log.pem", &scratch, &e), -MS_EEXIST);
	assert_int_equal(chmod("log.pem", 0644), 0);
	assert_int_not_equal(ed25519_open("log.pem", &scratch, &k, &e), MS_OK);
	assert_int_equal(chmod("log.pem", 0600), 0);
	assert_int_equal(file_replace("log.pem", BYTES_LITERAL("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), 0600, &scratch, &e), MS_OK);
	assert_int_equal(ed25519_open("log.pem", &scratch, &k, &e), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_note_of_others_is_verified_by_their_key),
		cmocka_unit_test(a_known_key_gives_the_known_signature),
		cmocka_unit_test_setup_teardown(a_changed_byte_is_never_believed, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(signatures_of_others_do_not_matter_and_a_wrong_one_of_ours_does, scratch_make, scratch_remove),
		cmocka_unit_test(what_is_no_note_is_refused_with_a_code),
		cmocka_unit_test(what_is_no_key_is_refused_with_a_code),
		cmocka_unit_test_setup_teardown(base_64_has_one_form, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(a_key_that_others_may_read_is_refused, scratch_make, scratch_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
