/* SPDX-License-Identifier: Apache-2.0 */
/* Our keys and signatures against OpenSSL's, where its command is installed. */
#include <sys/stat.h>

#include "key.h"
#include "process.h"
#include "scratch.h"

static const struct bytes payload = { (const uint8_t *)"a payload that both sign", 24 };
static struct process_result r;
static struct err e;

/* Run openssl with these words; its status must be 0. */
#define OPENSSL(...) openssl((const char *const[]){ "openssl", __VA_ARGS__, NULL })

static const char *openssl(const char *const argv[])
{
	assert_int_equal(process_run(argv, NULL, &scratch, &r, &e), MS_OK);
	if (r.status)
		print_message("openssl %s: %s\n", argv[1], (const char *)r.err.at);
	assert_int_equal(r.status, 0);
	return (const char *)r.out.at;
}

static int make(void **state)
{
	umask(077);
	return scratch_make(state);
}

static bool have_openssl(void)
{
	return process_find("openssl", &scratch) != NULL;
}

static void write_file(const char *path, struct bytes content)
{
	assert_int_equal(file_replace(path, content, 0600, &scratch, &e), MS_OK);
}

/* What is signed, whole, as any tool would hash it. */
static struct bytes to_be_signed(const uint8_t block[COSE_BLOCK_SIZE])
{
	struct text t = { 0 };
	uint8_t prefix[COSE_TBS_PREFIX_MAX];

	size_t size = cose_tbs_prefix(prefix, block, (uint32_t)payload.size);
	text_add_bytes(&t, &scratch, (struct bytes){ prefix, size });
	text_add_bytes(&t, &scratch, payload);
	return (struct bytes){ (uint8_t *)t.at, t.size };
}

/* An integer of 32 bytes as DER writes it: without needless zeros, with one if it would look negative. */
static void add_integer(struct text *t, const uint8_t *at)
{
	struct bytes n = { at, 32 };

	while (n.size > 1 && n.at[0] == 0)
		n = bytes_part(n, 1, n.size);
	bool pad = n.at[0] >= 0x80;
	text_add_bytes(t, &scratch, BYTES_OF(((uint8_t[]){ 0x02, (uint8_t)(n.size + pad) })));
	if (pad)
		text_add_bytes(t, &scratch, BYTES_LITERAL("\0"));
	text_add_bytes(t, &scratch, n);
}

static struct bytes der_of(const uint8_t signature[64])
{
	struct text inner = { 0 }, outer = { 0 };

	add_integer(&inner, signature);
	add_integer(&inner, signature + 32);
	text_add_bytes(&outer, &scratch, BYTES_OF(((uint8_t[]){ 0x30, (uint8_t)inner.size })));
	text_add_bytes(&outer, &scratch, (struct bytes){ (uint8_t *)inner.at, inner.size });
	return (struct bytes){ (uint8_t *)outer.at, outer.size };
}

/* Back: r and s, each right-aligned in 32 bytes. */
static void raw_of(struct bytes der, uint8_t signature[64])
{
	const uint8_t *at = der.at + 2;

	memset(signature, 0, 64);
	for (int i = 0; i < 2; i++) {
		size_t size = at[1];
		const uint8_t *from = at + 2;
		at = from + size;
		while (size > 32) {
			from++;
			size--;
		}
		memcpy(signature + 32 * i + 32 - size, from, size);
	}
}

static void openssl_verifies_what_we_sign(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];
	struct key *k;
	char *pem;

	if (!have_openssl())
		skip();
	for (int i = 0; i < 8; i++) {
		unlink("ours.pem");
		assert_int_equal(key_create("ours.pem", &scratch, &e), MS_OK);
		assert_int_equal(key_open("ours.pem", &scratch, &k, &e), MS_OK);
		assert_int_equal(key_sign(k, COSE_KIND_PACKAGE, payload, block, &e), MS_OK);
		assert_int_equal(key_public_pem(key_public_of(k), &scratch, &pem, &e), MS_OK);
		assert_string_equal(OPENSSL("pkey", "-in", "ours.pem", "-pubout"), pem);
		write_text("ours.pub", pem);
		write_file("tbs", to_be_signed(block));
		write_file("sig", der_of(block + COSE_SIGNATURE_AT));
		OPENSSL("dgst", "-sha256", "-verify", "ours.pub", "-signature", "sig", "tbs");
		key_close(k);
	}
}

static void we_verify_what_openssl_signs(void **state)
{
	(void)state;
	uint8_t block[COSE_BLOCK_SIZE];
	struct key_public p;
	struct bytes der;

	if (!have_openssl())
		skip();
	OPENSSL("ecparam", "-genkey", "-name", "prime256v1", "-out", "theirs.pem");
	OPENSSL("pkey", "-in", "theirs.pem", "-pubout", "-out", "theirs.pub");
	assert_int_equal(key_open_public("theirs.pub", &scratch, &p, &e), MS_OK);
	for (int i = 0; i < 8; i++) {
		cose_prefix(block, COSE_KIND_PACKAGE, p.kid);
		write_file("tbs", to_be_signed(block));
		OPENSSL("dgst", "-sha256", "-sign", "theirs.pem", "-out", "sig", "tbs");
		assert_int_equal(file_read("sig", 100, &scratch, &der, &e), MS_OK);
		raw_of(der, block + COSE_SIGNATURE_AT);
		assert_int_equal(key_verify(&p, COSE_KIND_PACKAGE, payload, BYTES_OF(block)), MS_OK);
	}
}

static void both_forms_of_private_key_are_read(void **state)
{
	(void)state;
	struct key_public p;
	struct key *sec1, *pkcs8;

	if (!have_openssl())
		skip();
	OPENSSL("ecparam", "-genkey", "-name", "prime256v1", "-out", "sec1.pem");
	OPENSSL("pkcs8", "-topk8", "-nocrypt", "-in", "sec1.pem", "-out", "pkcs8.pem");
	OPENSSL("pkey", "-in", "sec1.pem", "-pubout", "-out", "public.pem");
	assert_int_equal(key_open("sec1.pem", &scratch, &sec1, &e), MS_OK);
	assert_int_equal(key_open("pkcs8.pem", &scratch, &pkcs8, &e), MS_OK);
	assert_int_equal(key_open_public("public.pem", &scratch, &p, &e), MS_OK);
	assert_memory_equal(key_public_of(sec1), &p, sizeof(p));
	assert_memory_equal(key_public_of(pkcs8), &p, sizeof(p));
	key_close(sec1);
	key_close(pkcs8);
}

static void other_kinds_of_keys_are_refused_by_name(void **state)
{
	(void)state;
	struct key *k;

	if (!have_openssl())
		skip();
	OPENSSL("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.pem");
	assert_int_equal(key_open("rsa.pem", &scratch, &k, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "of another kind than ECDSA P-256"));
	OPENSSL("ecparam", "-genkey", "-name", "secp256k1", "-out", "k1.pem");
	assert_int_equal(key_open("k1.pem", &scratch, &k, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "of another kind than ECDSA P-256"));
	OPENSSL("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass", "pass:x", "-out", "enc.pem");
	assert_int_equal(key_open("enc.pem", &scratch, &k, &e), -MS_EFORMAT);
	assert_string_equal(e.text, "the key in 'enc.pem' is encrypted");
}

#define openssl_test(f) cmocka_unit_test_setup_teardown(f, make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		openssl_test(openssl_verifies_what_we_sign),
		openssl_test(we_verify_what_openssl_signs),
		openssl_test(both_forms_of_private_key_are_read),
		openssl_test(other_kinds_of_keys_are_refused_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
