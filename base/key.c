/* SPDX-License-Identifier: Apache-2.0 */
#include "key.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "crypto.h"
#include "file.h"
#include "key_file.h"
#include "p256.h"

/* How PSA gives a public key: 04, x, y. */
enum { UNCOMPRESSED = 0x04, EXPORTED_SIZE = 1 + COSE_POINT_SIZE };

struct key {
	psa_key_id_t id;	/* 0: it is elsewhere, and `sign` signs */
	struct key_public public;
	key_signer *sign;
	void (*end)(void *context);
	void *context;
};

void key_public_from_point(struct key_public *k, const uint8_t point[COSE_POINT_SIZE])
{
	uint8_t input[COSE_THUMBPRINT_INPUT_SIZE];

	memcpy(k->point, point, COSE_POINT_SIZE);
	cose_thumbprint_input(input, k->point);
	sha256(BYTES_OF(input), k->thumbprint);
	memcpy(k->kid, k->thumbprint, COSE_KID_SIZE);
}

static void public_of_id(psa_key_id_t id, struct key_public *out)
{
	uint8_t exported[EXPORTED_SIZE];
	size_t size;

	crypto_must(psa_export_public_key(id, exported, sizeof(exported), &size), "export a public key");
	key_public_from_point(out, exported + 1);
}

/* A new private key that may be exported. */
static psa_key_id_t make(void)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	psa_key_id_t id;

	crypto_start();
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
	crypto_must(psa_generate_key(&attributes, &id), "make a key");
	return id;
}

int key_create(const char *path, struct arena *a, struct err *e)
{
	psa_key_id_t id = make();
	int rc = key_file_create(path, id, a, e);

	psa_destroy_key(id);
	return rc;
}

int key_make_der(uint8_t *room, size_t size, struct bytes *der, struct err *e)
{
	psa_key_id_t id = make();
	int rc = key_file_der(id, room, size, der, e);

	psa_destroy_key(id);
	return rc;
}

int key_open_der(struct bytes der, const char *path, struct arena *a, struct key **out, struct err *e)
{
	struct key *k = arena_new(a, struct key);

	int rc = key_file_private_der(path, der, &k->id, e);
	if (rc < 0)
		return rc;
	public_of_id(k->id, &k->public);
	*out = k;
	return MS_OK;
}

int key_open(const char *path, struct arena *a, struct key **out, struct err *e)
{
	struct key *k = arena_new(a, struct key);

	int rc = key_file_private(path, &k->id, e);
	if (rc < 0)
		return rc;

	public_of_id(k->id, &k->public);
	*out = k;
	return MS_OK;
}

struct key *key_elsewhere(const struct key_public *public, key_signer *sign, void (*end)(void *context), void *context, struct arena *a)
{
	struct key *k = arena_new(a, struct key);

	*k = (struct key){ .public = *public, .sign = sign, .end = end, .context = context };
	return k;
}

void key_close(struct key *k)
{
	if (k && k->id)
		psa_destroy_key(k->id);
	if (k && k->end)
		k->end(k->context);
	if (k)
		k->id = 0, k->end = NULL;
}

const struct key_public *key_public_of(const struct key *k)
{
	return &k->public;
}

int key_public_read(struct bytes pem, const char *path, struct key_public *out, struct err *e)
{
	psa_key_id_t id;

	int rc = key_file_public(path, pem, &id, e);
	if (rc < 0)
		return rc;
	public_of_id(id, out);
	psa_destroy_key(id);
	return MS_OK;
}

/* The public half that 'ms key new' writes behind an encrypted private key. */
static int read_beside(struct bytes pem, const char *path, struct key_public *out, struct err *e)
{
	const uint8_t *at = memmem(pem.at, pem.size, "-----BEGIN PUBLIC KEY-----", 26);

	if (!at) {
		err_set(e, ERR_KEY_ENCRYPTED, "the key in '%s' is encrypted, and its public half does not stand there, too", path);
		return err_fix(e, "add it: openssl pkey -in '%s' -pubout >>'%s'", path, path);
	}
	return key_public_read((struct bytes){ at, pem.size - (size_t)(at - pem.at) }, path, out, e);
}

int key_open_public(const char *path, struct arena *a, struct key_public *out, struct err *e)
{
	struct bytes pem;
	psa_key_id_t id;

	int rc = file_read(path, KEY_FILE_MAX, a, &pem, e);
	if (rc < 0)
		return rc;
	if (memmem(pem.at, pem.size, "ENCRYPTED PRIVATE KEY-----", 26))
		return read_beside(pem, path, out, e);
	if (!memmem(pem.at, pem.size, "PRIVATE KEY-----", 16))
		return key_public_read(pem, path, out, e);

	explicit_bzero((uint8_t *)pem.at, pem.size);
	rc = key_file_private(path, &id, e);
	if (rc < 0)
		return rc;
	public_of_id(id, out);
	psa_destroy_key(id);
	return MS_OK;
}

/* A public key that may be exported; refused if the point is not on the curve. */
static psa_status_t import_public(const struct key_public *k, psa_key_id_t *id)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	uint8_t exported[EXPORTED_SIZE] = { UNCOMPRESSED };

	crypto_start();
	memcpy(exported + 1, k->point, sizeof(k->point));
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
	return psa_import_key(&attributes, exported, sizeof(exported), id);
}

int key_public_pem(const struct key_public *k, struct arena *a, char **pem, struct err *e)
{
	psa_key_id_t id;

	if (import_public(k, &id) != PSA_SUCCESS)
		return err_set(e, ERR_KEY_FILE, "a public key is no point of the curve P-256");
	int rc = key_file_public_pem(id, a, pem, e);
	psa_destroy_key(id);
	return rc;
}

/* The hash that is signed: of what stands before the payload, and the payload. */
static void hash_to_sign(const uint8_t block[32], struct bytes payload, uint8_t out[32])
{
	uint8_t prefix[COSE_TBS_PREFIX_MAX];

	sha256_both((struct bytes){ prefix, cose_tbs_prefix(prefix, block, (uint32_t)payload.size) }, payload, out);
}

static int sign_here(const struct key *k, const uint8_t hash[32], uint8_t signature[COSE_SIGNATURE_SIZE], struct err *e)
{
	size_t size;

	psa_status_t status = psa_sign_hash(k->id, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), hash, 32, signature, COSE_SIGNATURE_SIZE, &size);
	return status == PSA_SUCCESS ? MS_OK : err_set(e, ERR_CRYPTOGRAPHY, "cannot sign (error %d of the cryptography library)", (int)status);
}

int key_sign(const struct key *k, const char *kind, struct bytes payload, uint8_t block[COSE_BLOCK_SIZE], struct err *e)
{
	uint8_t hash[32], made[COSE_BLOCK_SIZE];

	if (payload.size > UINT32_MAX)
		return err_set(e, ERR_TOO_LARGE, "what is to be signed is larger than 4 GiB");
	cose_prefix(made, kind, k->public.kid);
	hash_to_sign(made, payload, hash);
	int rc = k->sign ? k->sign(k->context, hash, made + COSE_SIGNATURE_AT, e) : sign_here(k, hash, made + COSE_SIGNATURE_AT, e);
	if (rc == MS_OK && k->sign && key_verify(&k->public, kind, payload, BYTES_OF(made)) < 0)
		rc = err_set(e, ERR_CRYPTOGRAPHY, "the signature that was given is not by the key %02x%02x%02x%02x…", k->public.kid[0], k->public.kid[1],
			     k->public.kid[2], k->public.kid[3]);
	if (rc == MS_OK)
		memcpy(block, made, sizeof(made));
	return rc;
}

int key_verify(const struct key_public *k, const char *kind, struct bytes payload, struct bytes block)
{
	const uint8_t *kid;
	uint8_t hash[32];

	int rc = cose_check(block, kind, &kid);
	if (rc < 0)
		return rc;
	if (memcmp(kid, k->kid, COSE_KID_SIZE) != 0 || payload.size > UINT32_MAX)
		return -MS_ESIGNATURE;

	hash_to_sign(block.at, payload, hash);
	return p256_verify(k->point, hash, block.at + COSE_SIGNATURE_AT);
}

const char *key_kid_text(const uint8_t kid[COSE_KID_SIZE], struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < COSE_KID_SIZE; i++)
		text_add(&t, a, "%02x", kid[i]);
	return t.at;
}

int key_kid_parse(const char *text, uint8_t kid[COSE_KID_SIZE])
{
	uint8_t parsed[COSE_KID_SIZE];
	unsigned int byte;

	if (strlen(text) != 2 * COSE_KID_SIZE)
		return -MS_EINVAL;
	for (size_t i = 0; i < COSE_KID_SIZE; i++) {
		if (!isxdigit((unsigned char)text[2 * i]) || !isxdigit((unsigned char)text[2 * i + 1]))
			return -MS_EINVAL;
		sscanf(text + 2 * i, "%2x", &byte);
		parsed[i] = (uint8_t)byte;
	}
	memcpy(kid, parsed, sizeof(parsed));
	return MS_OK;
}
