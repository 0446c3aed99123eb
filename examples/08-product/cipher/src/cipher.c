/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What cipher.h promises, by mbedTLS's PSA Crypto API.
 *
 * A nonce must never be used for two texts, and not every board has a source of random numbers.  So the nonce is made from
 * the text, by a second key (as in AES-SIV, RFC 5297): another text has another one, and all that can be seen is that the
 * same text was sealed again.
 */
#include "cipher.h"

#include <string.h>

#include <psa/crypto.h>

#include "key.h"

static psa_key_id_t nonce_key, text_key;

static psa_status_t import_key(const uint8_t *from, psa_algorithm_t algorithm, psa_key_usage_t usage, psa_key_id_t *key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_algorithm(&attributes, algorithm);
	psa_set_key_usage_flags(&attributes, usage);
	return psa_import_key(&attributes, from, KEY_SIZE / 2, key);
}

int cipher_init(const uint8_t key[KEY_SIZE])
{
	psa_status_t status = psa_crypto_init();

	if (status == PSA_SUCCESS)
		status = import_key(key, PSA_ALG_CMAC, PSA_KEY_USAGE_SIGN_MESSAGE, &nonce_key);
	if (status == PSA_SUCCESS)
		status = import_key(key + KEY_SIZE / 2, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &text_key);
	return (int)status;
}

psa_status_t cipher_seal(const uint8_t *text, size_t text_size, uint8_t nonce[12], uint8_t *sealed, size_t sealed_size, size_t *sealed_length)
{
	uint8_t mac[PSA_MAC_MAX_SIZE];
	size_t size;
	psa_status_t status = psa_mac_compute(nonce_key, PSA_ALG_CMAC, text, text_size, mac, sizeof(mac), &size);

	if (status != PSA_SUCCESS)
		return status;
	memcpy(nonce, mac, CIPHER_NONCE_SIZE);
	return psa_aead_encrypt(text_key, PSA_ALG_GCM, nonce, CIPHER_NONCE_SIZE, NULL, 0, text, text_size, sealed, sealed_size, sealed_length);
}

psa_status_t cipher_open(const uint8_t nonce[12], const uint8_t *sealed, size_t sealed_size, uint8_t *text, size_t text_size, size_t *text_length)
{
	return psa_aead_decrypt(text_key, PSA_ALG_GCM, nonce, CIPHER_NONCE_SIZE, NULL, 0, sealed, sealed_size, text, text_size, text_length);
}
