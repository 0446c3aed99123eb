/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key is that of the test vector in RFC 9783; its block below was made
 * with another implementation of RFC 6979, written from the standard, so it
 * says that ours is deterministic in the standard's way.
 */
#include "key.h"

#include <sys/stat.h>

#include "scratch.h"

static const char private_sec1[] =
	"-----BEGIN EC PRIVATE KEY-----\n"
	"MHcCAQEEIEP//suV+AhafEDh0+p5C+9Ot4zdd9WFA6ZMFgD5GzPnoAoGCCqGSM49\n"
	"AwEHoUQDQgAETl4iCZ47zrRbRG0TVf0dw7VFlHtv18HInYhnmMNybo+A1wuECyVq\n"
	"rDSmLt4QQzZPBECV8ANHS5HgGCCSr7E/Lg==\n"
	"-----END EC PRIVATE KEY-----\n";

static const char public_pem[] =
	"-----BEGIN PUBLIC KEY-----\n"
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETl4iCZ47zrRbRG0TVf0dw7VFlHtv\n"
	"18HInYhnmMNybo+A1wuECyVqrDSmLt4QQzZPBECV8ANHS5HgGCCSr7E/Lg==\n"
	"-----END PUBLIC KEY-----\n";

static const uint8_t point[COSE_POINT_SIZE] = {
	0x4e, 0x5e, 0x22, 0x09, 0x9e, 0x3b, 0xce, 0xb4, 0x5b, 0x44, 0x6d, 0x13, 0x55, 0xfd, 0x1d, 0xc3,
	0xb5, 0x45, 0x94, 0x7b, 0x6f, 0xd7, 0xc1, 0xc8, 0x9d, 0x88, 0x67, 0x98, 0xc3, 0x72, 0x6e, 0x8f,
	0x80, 0xd7, 0x0b, 0x84, 0x0b, 0x25, 0x6a, 0xac, 0x34, 0xa6, 0x2e, 0xde, 0x10, 0x43, 0x36, 0x4f,
	0x04, 0x40, 0x95, 0xf0, 0x03, 0x47, 0x4b, 0x91, 0xe0, 0x18, 0x20, 0x92, 0xaf, 0xb1, 0x3f, 0x2e,
};

static const uint8_t thumbprint[32] = {
	0xbd, 0x24, 0x3f, 0xa7, 0xab, 0x22, 0x1e, 0xc6, 0x95, 0x05, 0xed, 0xac, 0xcf, 0xaf, 0x4a, 0x8a,
	0xdb, 0x2f, 0x0f, 0x59, 0x5b, 0xde, 0x92, 0x30, 0x26, 0x4b, 0x2b, 0x8f, 0x33, 0x30, 0x25, 0x8c,
};

/* Kind ms/image1 over "hello". */
static const uint8_t block_of_hello[COSE_BLOCK_SIZE] = {
	0xd2, 0x84, 0x58, 0x18, 0xa3, 0x01, 0x28, 0x04, 0x48, 0xbd, 0x24, 0x3f, 0xa7, 0xab, 0x22, 0x1e,
	0xc6, 0x10, 0x69, 0x6d, 0x73, 0x2f, 0x69, 0x6d, 0x61, 0x67, 0x65, 0x31, 0xa0, 0xf6, 0x58, 0x40,
	0x23, 0x53, 0x6d, 0x27, 0xe7, 0x3d, 0x18, 0x9b, 0x58, 0xd2, 0x3d, 0x49, 0xab, 0x6b, 0x99, 0xa5,
	0x60, 0x84, 0x6d, 0x06, 0xab, 0xef, 0x1c, 0xc7, 0x57, 0x82, 0x55, 0x3f, 0x50, 0x30, 0xf2, 0xa9,
	0xac, 0x62, 0x2f, 0x1e, 0xb5, 0xa6, 0xee, 0x5e, 0x01, 0x89, 0xf9, 0xc0, 0xe8, 0xda, 0x7d, 0x0f,
	0xae, 0x0f, 0x8c, 0x8a, 0x0e, 0xda, 0x70, 0x2f, 0x49, 0xe3, 0x0a, 0x01, 0x75, 0x05, 0x1e, 0x71,
};

static const struct bytes hello = { (const uint8_t *)"hello", 5 };
static struct err e;

/* The key of the vector, from a file of its own. */
static struct key *open_vector(void)
{
	struct key *k;

	write_text("vector.pem", private_sec1);
	assert_int_equal(chmod("vector.pem", 0600), 0);
	assert_int_equal(key_open("vector.pem", &scratch, &k, &e), MS_OK);
	return k;
}

static void hashes_are_sha256(void **state)
{
	(void)state;
	static const uint8_t of_abc[32] = {
		0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
		0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
	};
	static const uint8_t of_nothing[4] = { 0xe3, 0xb0, 0xc4, 0x42 };
	uint8_t out[32];

	sha256(BYTES_LITERAL("abc"), out);
	assert_memory_equal(out, of_abc, 32);
	sha256((struct bytes){ NULL, 0 }, out);
	assert_memory_equal(out, of_nothing, 4);

	sha256_both(BYTES_LITERAL("ab"), BYTES_LITERAL("c"), out);
	assert_memory_equal(out, of_abc, 32);
	sha256_both((struct bytes){ NULL, 0 }, BYTES_LITERAL("abc"), out);
	assert_memory_equal(out, of_abc, 32);

	struct sha256_state *s = sha256_start(&scratch);
	sha256_add(s, BYTES_LITERAL("a"));
	sha256_add(s, (struct bytes){ NULL, 0 });
	sha256_add(s, BYTES_LITERAL("bc"));
	sha256_end(s, out);
	assert_memory_equal(out, of_abc, 32);
}

static void a_key_is_what_its_file_says(void **state)
{
	(void)state;
	struct key *k = open_vector();
	const struct key_public *p = key_public_of(k);

	assert_memory_equal(p->point, point, sizeof(point));
	assert_memory_equal(p->thumbprint, thumbprint, sizeof(thumbprint));
	assert_memory_equal(p->kid, thumbprint, COSE_KID_SIZE);
	assert_string_equal(key_kid_text(p->kid, &scratch), "bd243fa7ab221ec6");
	key_close(k);
	key_close(k);
	key_close(NULL);
}

static void a_signature_is_the_standards(void **state)
{
	(void)state;
	struct key *k = open_vector();
	uint8_t block[COSE_BLOCK_SIZE];

	for (int i = 0; i < 3; i++) {
		memset(block, 0, sizeof(block));
		assert_int_equal(key_sign(k, COSE_KIND_IMAGE, hello, block, &e), MS_OK);
		assert_memory_equal(block, block_of_hello, sizeof(block));
	}
	assert_int_equal(key_sign(k, COSE_KIND_IMAGE, (struct bytes){ NULL, 0 }, block, &e), MS_OK);
	assert_int_equal(key_verify(key_public_of(k), COSE_KIND_IMAGE, (struct bytes){ NULL, 0 }, BYTES_OF(block)), MS_OK);
	assert_int_equal(key_verify(key_public_of(k), COSE_KIND_IMAGE, hello, BYTES_OF(block)), -MS_ESIGNATURE);
	key_close(k);
}

/* Payloads around each step of the length that is hashed with them. */
static void payloads_of_every_length_are_signed(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 23, 24, 25, 255, 256, 257, 65535, 65536, 65537 };
	struct key *k = open_vector();
	uint8_t *payload = arena_take(&scratch, 65537), block[COSE_BLOCK_SIZE];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct bytes p = { payload, sizes[i] };
		assert_int_equal(key_sign(k, COSE_KIND_TABLE, p, block, &e), MS_OK);
		assert_int_equal(key_verify(key_public_of(k), COSE_KIND_TABLE, p, BYTES_OF(block)), MS_OK);
	}
	key_close(k);
}

static void one_flipped_bit_is_refused_wherever_it_is(void **state)
{
	(void)state;
	struct key_public k;
	uint8_t block[COSE_BLOCK_SIZE], payload[5];

	key_public_from_point(&k, point);
	assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, hello, BYTES_OF(block_of_hello)), MS_OK);
	for (size_t bit = 0; bit < 8 * sizeof(block); bit++) {
		memcpy(block, block_of_hello, sizeof(block));
		block[bit / 8] ^= (uint8_t)(1 << bit % 8);
		int rc = key_verify(&k, COSE_KIND_IMAGE, hello, BYTES_OF(block));
		assert_true(rc == -MS_EFORMAT || rc == -MS_ESIGNATURE);
	}
	for (size_t bit = 0; bit < 8 * sizeof(payload); bit++) {
		memcpy(payload, hello.at, sizeof(payload));
		payload[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, BYTES_OF(payload), BYTES_OF(block_of_hello)), -MS_ESIGNATURE);
	}
}

static void another_kind_length_or_key_is_refused(void **state)
{
	(void)state;
	struct key_public k, off_curve;
	uint8_t longer[COSE_BLOCK_SIZE + 1] = { 0 }, moved[COSE_POINT_SIZE];
	struct bytes block = BYTES_OF(block_of_hello);

	key_public_from_point(&k, point);
	assert_int_equal(key_verify(&k, COSE_KIND_TABLE, hello, block), -MS_EFORMAT);
	assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, hello, bytes_part(block, 0, 95)), -MS_EFORMAT);
	assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, hello, (struct bytes){ NULL, 0 }), -MS_EFORMAT);
	memcpy(longer, block_of_hello, sizeof(block_of_hello));
	assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, hello, BYTES_OF(longer)), -MS_EFORMAT);
	assert_int_equal(key_verify(&k, COSE_KIND_IMAGE, bytes_part(hello, 0, 4), block), -MS_ESIGNATURE);

	/* The same kid, other points: one on the curve (-y), one off it. */
	memcpy(moved, point, sizeof(moved));
	moved[63] ^= 1;
	key_public_from_point(&off_curve, moved);
	memcpy(off_curve.kid, k.kid, sizeof(k.kid));
	assert_int_equal(key_verify(&off_curve, COSE_KIND_IMAGE, hello, block), -MS_ESIGNATURE);

	struct key *other;
	assert_int_equal(key_create("other.pem", &scratch, &e), MS_OK);
	assert_int_equal(key_open("other.pem", &scratch, &other, &e), MS_OK);
	struct key_public claimed = *key_public_of(other);
	assert_int_equal(key_verify(&claimed, COSE_KIND_IMAGE, hello, block), -MS_ESIGNATURE);
	memcpy(claimed.kid, k.kid, sizeof(k.kid));
	assert_int_equal(key_verify(&claimed, COSE_KIND_IMAGE, hello, block), -MS_ESIGNATURE);
	key_close(other);
}

static void a_new_key_is_secret_and_never_replaced(void **state)
{
	(void)state;
	struct key *k;
	struct stat st;

	umask(0);
	assert_int_equal(key_create("new.pem", &scratch, &e), MS_OK);
	umask(022);
	assert_int_equal(stat("new.pem", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	const char *before = text_of("new.pem");
	assert_int_equal(key_create("new.pem", &scratch, &e), -MS_EEXIST);
	assert_string_equal(text_of("new.pem"), before);
	assert_int_equal(key_create("no/new.pem", &scratch, &e), -MS_ENOENT);
	assert_int_equal(key_open("new.pem", &scratch, &k, &e), MS_OK);
	key_close(k);
	assert_int_equal(key_create("new2.pem", &scratch, &e), MS_OK);
	assert_string_not_equal(text_of("new2.pem"), before);
}

static void a_private_key_that_others_may_use_is_refused_with_the_fix(void **state)
{
	(void)state;
	struct key *k = NULL;
	struct key_public p;
	static const mode_t modes[] = { 0644, 0640, 0620, 0601, 0604 };

	write_text("open.pem", private_sec1);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		assert_int_equal(chmod("open.pem", modes[i]), 0);
		assert_int_equal(key_open("open.pem", &scratch, &k, &e), -MS_EACCES);
		assert_string_equal(e.text, arena_printf(&scratch, "the private key 'open.pem' may be used by others (mode %04o)",
							 (unsigned int)modes[i]));
		assert_string_equal(e.fix, "chmod 600 'open.pem'");
		assert_int_equal(key_open_public("open.pem", &scratch, &p, &e), -MS_EACCES);
	}
	assert_null(k);
}

static void a_public_key_is_read_from_both_kinds_of_file(void **state)
{
	(void)state;
	struct key_public p;
	char *pem;

	key_close(open_vector());
	write_text("public.pem", public_pem);
	assert_int_equal(key_open_public("public.pem", &scratch, &p, &e), MS_OK);
	assert_memory_equal(p.point, point, sizeof(point));
	assert_memory_equal(p.thumbprint, thumbprint, sizeof(thumbprint));
	memset(&p, 0, sizeof(p));
	assert_int_equal(key_open_public("vector.pem", &scratch, &p, &e), MS_OK);
	assert_memory_equal(p.point, point, sizeof(point));

	assert_int_equal(key_public_pem(&p, &scratch, &pem, &e), MS_OK);
	assert_string_equal(pem, public_pem);
	p.point[0] ^= 1;
	assert_int_equal(key_public_pem(&p, &scratch, &pem, &e), -MS_EFORMAT);
}

static const char ed25519[] =
	"-----BEGIN PRIVATE KEY-----\n"
	"MC4CAQAwBQYDK2VwBCIEIJ986wv1HKChMPfB2EMlKIgzRUB77OFxTaPu2WiZtGe5\n"
	"-----END PRIVATE KEY-----\n";

static const char p384[] =
	"-----BEGIN EC PRIVATE KEY-----\n"
	"MIGkAgEBBDDXVyHR/vhSmkaBSrn0f7fBX5xSdGAXyja0k4HW3YUkwPHPLuVGZGcl\n"
	"HEbvN0Yc5ICgBwYFK4EEACKhZANiAATqwUqhwlu90JeQFwMuViyf/0dT1OOtJ88T\n"
	"8FLlZUkCMAqMjJyd+I3GwHRLM2aC/tWXZIfE0187j+vppp/YyzE50aieBzezB9eg\n"
	"7RAHsuhc4sA7PUlCcMx4/IYGWwkgmfA=\n"
	"-----END EC PRIVATE KEY-----\n";

static const char p384_public[] =
	"-----BEGIN PUBLIC KEY-----\n"
	"MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE6sFKocJbvdCXkBcDLlYsn/9HU9TjrSfP\n"
	"E/BS5WVJAjAKjIycnfiNxsB0SzNmgv7Vl2SHxNNfO4/r6aaf2MsxOdGongc3swfX\n"
	"oO0QB7LoXOLAOz1JQnDMePyGBlsJIJnw\n"
	"-----END PUBLIC KEY-----\n";

static const char encrypted_sec1[] =
	"-----BEGIN EC PRIVATE KEY-----\n"
	"Proc-Type: 4,ENCRYPTED\n"
	"DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n"
	"\n"
	"MHcCAQEEIEP//suV+AhafEDh0+p5C+9Ot4zdd9WFA6ZMFgD5GzPnoAoGCCqGSM49\n"
	"-----END EC PRIVATE KEY-----\n";

static const char encrypted_pkcs8[] =
	"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
	"MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAijYGI4gATuewICCAAw\n"
	"-----END ENCRYPTED PRIVATE KEY-----\n";

static void what_is_no_key_of_ours_is_refused(void **state)
{
	(void)state;
	static const struct { const char *content, *text; } cases[] = {
		{ "", "'k' holds no private key in PEM form" },
		{ "hello\n", "'k' holds no private key in PEM form" },
		{ public_pem, "'k' holds no private key in PEM form" },
		{ "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", "'k' holds no private key in PEM form" },
		{ "-----BEGIN EC PRIVATE KEY-----\n", "'k' holds no private key in PEM form" },
		{ ed25519, "the key in 'k' is of another kind than ECDSA P-256" },
		{ p384, "the key in 'k' is of another kind than ECDSA P-256" },
		{ encrypted_sec1, "the key in 'k' is encrypted" },
		{ encrypted_pkcs8, "the key in 'k' is encrypted" },
	};
	struct key *k = NULL;
	struct key_public p;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_text("k", cases[i].content);
		assert_int_equal(chmod("k", 0600), 0);
		assert_int_equal(key_open("k", &scratch, &k, &e), -MS_EFORMAT);
		assert_string_equal(e.text, cases[i].text);
	}
	write_text("k", p384_public);
	assert_int_equal(key_open_public("k", &scratch, &p, &e), -MS_EFORMAT);
	assert_string_equal(e.text, "the key in 'k' is of another kind than ECDSA P-256");
	write_text("k", "x");
	assert_int_equal(key_open_public("k", &scratch, &p, &e), -MS_EFORMAT);
	assert_string_equal(e.text, "'k' holds no public key in PEM form");
	assert_null(k);
}

/* A public key that is no point of the curve must not get in. */
static void a_point_off_the_curve_is_refused(void **state)
{
	(void)state;
	struct key_public p;
	char *pem = arena_printf(&scratch, "%s", public_pem);

	char *last = strstr(pem, "r7E/Lg==");
	assert_non_null(last);
	memcpy(last, "r7E/LQ==", 8);
	write_text("k", pem);
	assert_int_equal(key_open_public("k", &scratch, &p, &e), -MS_EFORMAT);
}

static void odd_files_are_refused_without_waiting(void **state)
{
	(void)state;
	struct key *k;
	struct key_public p;

	assert_int_equal(key_open("missing", &scratch, &k, &e), -MS_ENOENT);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(key_open("pipe", &scratch, &k, &e), -MS_EINVAL);
	assert_string_equal(e.text, "'pipe' is not a file");
	assert_int_equal(key_open(".", &scratch, &k, &e), -MS_EINVAL);

	char *large = arena_take(&scratch, 20001);
	memset(large, '\n', 20000);
	write_text("large", large);
	assert_int_equal(chmod("large", 0600), 0);
	assert_int_equal(key_open("large", &scratch, &k, &e), -MS_EFBIG);
	assert_int_equal(key_open_public("large", &scratch, &p, &e), -MS_EFBIG);
}

static void a_kid_is_sixteen_hexadecimal_digits(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "bd243fa7ab221ec", "bd243fa7ab221ec6a", "bd243fa7ab221eg6", "0xbd243fa7ab221e",
					     " d243fa7ab221ec6", "+d243fa7ab221ec6", "bd243fa7ab221e -" };
	uint8_t kid[COSE_KID_SIZE] = { 1 };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(key_kid_parse(wrong[i], kid), -MS_EINVAL);
	assert_int_equal(kid[0], 1);
	assert_int_equal(key_kid_parse("bd243fa7AB221EC6", kid), MS_OK);
	assert_memory_equal(kid, thumbprint, sizeof(kid));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(hashes_are_sha256),
		scratch_test(a_key_is_what_its_file_says),
		scratch_test(a_signature_is_the_standards),
		scratch_test(payloads_of_every_length_are_signed),
		scratch_test(one_flipped_bit_is_refused_wherever_it_is),
		scratch_test(another_kind_length_or_key_is_refused),
		scratch_test(a_new_key_is_secret_and_never_replaced),
		scratch_test(a_private_key_that_others_may_use_is_refused_with_the_fix),
		scratch_test(a_public_key_is_read_from_both_kinds_of_file),
		scratch_test(what_is_no_key_of_ours_is_refused),
		scratch_test(a_point_off_the_curve_is_refused),
		scratch_test(odd_files_are_refused_without_waiting),
		scratch_test(a_kid_is_sixteen_hexadecimal_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
