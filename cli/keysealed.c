/* SPDX-License-Identifier: Apache-2.0 */
#include "keysealed.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

/* What NIST and OWASP ask for of PBKDF2 by HMAC-SHA-256; about a third of a second. */
enum { ITERATIONS = 600000 };

bool keysealed_is(struct bytes pem)
{
	return memmem(pem.at, pem.size, "-----BEGIN ENCRYPTED PRIVATE KEY-----", 37) != NULL;
}

int keysealed_open(struct bytes pem, const char *path, const struct passphrase *p, uint8_t *der, size_t room, size_t *size, struct err *e)
{
	BIO *bio = BIO_new_mem_buf(pem.at, (int)pem.size);
	X509_SIG *sealed = bio ? PEM_read_bio_PKCS8(bio, NULL, NULL, NULL) : NULL;
	PKCS8_PRIV_KEY_INFO *info = sealed ? PKCS8_decrypt(sealed, p->text, (int)p->size) : NULL;
	int length = info ? i2d_PKCS8_PRIV_KEY_INFO(info, NULL) : -1, rc = MS_OK;

	if (!sealed)
		rc = err_set(e, ERR_KEY_FILE, "'%s' holds no encrypted private key that can be read", path);
	else if (length <= 0 || (size_t)length > room)
		rc = err_set(e, ERR_PASSPHRASE, "the key in '%s' is not opened by this passphrase", path);
	else
		*size = (size_t)i2d_PKCS8_PRIV_KEY_INFO(info, &der);
	PKCS8_PRIV_KEY_INFO_free(info);
	X509_SIG_free(sealed);
	BIO_free(bio);
	return rc;
}

static X509_SIG *seal(EVP_PKEY *key, const struct passphrase *p)
{
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
	X509_ALGOR *how = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), ITERATIONS, NULL, 0, NULL, NID_hmacWithSHA256);
	X509_SIG *sealed = info && how ? PKCS8_set0_pbe(p->text, (int)p->size, info, how) : NULL;

	if (!sealed)
		X509_ALGOR_free(how);
	PKCS8_PRIV_KEY_INFO_free(info);
	return sealed;
}

int keysealed_write(struct bytes der, const struct passphrase *p, struct arena *a, struct bytes *pem, struct err *e)
{
	const uint8_t *at = der.at;
	EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &at, (long)der.size);
	X509_SIG *sealed = key ? seal(key, p) : NULL;
	BIO *bio = BIO_new(BIO_s_mem());
	char *text;
	int rc = MS_OK;

	if (sealed && bio && PEM_write_bio_PKCS8(bio, sealed) && PEM_write_bio_PUBKEY(bio, key)) {
		long size = BIO_get_mem_data(bio, &text);
		*pem = arena_copy(a, (struct bytes){ (uint8_t *)text, (size_t)size });
	} else {
		rc = err_set(e, ERR_CRYPTOGRAPHY, "cannot encrypt a private key");
	}
	BIO_free(bio);
	X509_SIG_free(sealed);
	EVP_PKEY_free(key);
	return rc;
}
