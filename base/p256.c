/* SPDX-License-Identifier: Apache-2.0 */
#include "p256.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>

#include <ms/abi/abi.h>

enum { UNCOMPRESSED = 0x04, NUMBER_SIZE = 32, POINT_SIZE = 1 + 2 * NUMBER_SIZE };

/* NULL if the point is not on the curve. */
static EVP_PKEY *key_of(const uint8_t point[64])
{
	uint8_t exported[POINT_SIZE] = { UNCOMPRESSED };
	char curve[] = "P-256";
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, exported, sizeof(exported)),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;

	memcpy(exported + 1, point, 2 * NUMBER_SIZE);
	if (!c || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, (OSSL_PARAM *)params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(c);
	return key;
}

/* As OpenSSL takes a signature: a sequence of two integers, which the caller frees; its size, or not above 0. */
static int der_of(const uint8_t signature[64], uint8_t **der)
{
	BIGNUM *r = BN_bin2bn(signature, NUMBER_SIZE, NULL), *s = BN_bin2bn(signature + NUMBER_SIZE, NUMBER_SIZE, NULL);
	ECDSA_SIG *pair = ECDSA_SIG_new();
	int size = -1;

	if (pair && r && s && ECDSA_SIG_set0(pair, r, s)) {
		r = s = NULL;	/* they are the pair's */
		size = i2d_ECDSA_SIG(pair, der);
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(pair);
	return size;
}

int p256_verify(const uint8_t point[64], const uint8_t hash[32], const uint8_t signature[64])
{
	uint8_t *der = NULL;
	int size = der_of(signature, &der);
	EVP_PKEY *key = key_of(point);
	EVP_PKEY_CTX *c = key ? EVP_PKEY_CTX_new(key, NULL) : NULL;

	bool good = c && size > 0 && EVP_PKEY_verify_init(c) == 1 && EVP_PKEY_verify(c, der, (size_t)size, hash, NUMBER_SIZE) == 1;
	EVP_PKEY_CTX_free(c);
	EVP_PKEY_free(key);
	OPENSSL_free(der);
	if (!good)
		ERR_clear_error();	/* it is said: nobody else is to find it */
	return good ? MS_OK : -MS_ESIGNATURE;
}
