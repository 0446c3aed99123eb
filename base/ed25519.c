/* SPDX-License-Identifier: Apache-2.0 */
#include "ed25519.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#include "file.h"
#include "key_file.h"

struct ed25519 {
	EVP_PKEY *key;
	uint8_t public[ED25519_PUBLIC_SIZE];
};

/* Takes `key`, which is NULL or of another kind where it is no key of ours. */
static int keep(EVP_PKEY *key, const char *path, struct arena *a, struct ed25519 **out, struct err *e)
{
	struct ed25519 *k = arena_new(a, struct ed25519);
	size_t size = sizeof(k->public);

	if (!key || EVP_PKEY_base_id(key) != EVP_PKEY_ED25519 || !EVP_PKEY_get_raw_public_key(key, k->public, &size)) {
		EVP_PKEY_free(key);
		err_set(e, ERR_KEY_FILE, "'%s' holds no private Ed25519 key in PEM form", path);
		return err_fix(e, "a store makes its own when it is made: ms store serve");
	}
	k->key = key;
	*out = k;
	return MS_OK;
}

int ed25519_open(const char *path, struct arena *a, struct ed25519 **out, struct err *e)
{
	uint8_t text[KEY_FILE_MAX + 1];
	size_t size = 0;

	int rc = key_file_secret(path, text, KEY_FILE_MAX, &size, e);
	if (rc == MS_OK) {
		BIO *bio = BIO_new_mem_buf(text, (int)size);
		char nobody[] = "";	/* no passphrase: never ask on the terminal */
		rc = keep(PEM_read_bio_PrivateKey(bio, NULL, NULL, nobody), path, a, out, e);
		BIO_free(bio);
	}
	explicit_bzero(text, sizeof(text));
	return rc;
}

int ed25519_from_seed(const uint8_t seed[32], struct arena *a, struct ed25519 **out, struct err *e)
{
	return keep(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32), "a seed", a, out, e);
}

int ed25519_create(const char *path, struct arena *a, struct err *e)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	BIO *bio = BIO_new(BIO_s_secmem());
	uint8_t *pem = NULL;
	int rc;

	if (key && bio && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL)) {
		long size = BIO_get_mem_data(bio, &pem);
		rc = file_create(path, (struct bytes){ pem, (size_t)size }, 0600, a, e);
	} else {
		rc = err_set(e, ERR_CRYPTOGRAPHY, "cannot make an Ed25519 key");
	}
	BIO_free(bio);
	EVP_PKEY_free(key);
	return rc;
}

void ed25519_close(struct ed25519 *k)
{
	if (!k)
		return;
	EVP_PKEY_free(k->key);
	k->key = NULL;
}

const uint8_t *ed25519_public_of(const struct ed25519 *k)
{
	return k->public;
}

int ed25519_sign(const struct ed25519 *k, struct bytes message, uint8_t signature[ED25519_SIGNATURE_SIZE], struct err *e)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	size_t size = ED25519_SIGNATURE_SIZE;

	bool done = c && EVP_DigestSignInit(c, NULL, NULL, NULL, k->key) == 1 &&
		    EVP_DigestSign(c, signature, &size, message.at, message.size) == 1 && size == ED25519_SIGNATURE_SIZE;
	EVP_MD_CTX_free(c);
	return done ? MS_OK : err_set(e, ERR_CRYPTOGRAPHY, "cannot sign with an Ed25519 key");
}

int ed25519_verify(const uint8_t public[ED25519_PUBLIC_SIZE], struct bytes message, struct bytes signature)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, ED25519_PUBLIC_SIZE);
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	bool good = key && c && signature.size == ED25519_SIGNATURE_SIZE && EVP_DigestVerifyInit(c, NULL, NULL, NULL, key) == 1 &&
		    EVP_DigestVerify(c, signature.at, signature.size, message.at, message.size) == 1;
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good ? MS_OK : -MS_ESIGNATURE;
}
