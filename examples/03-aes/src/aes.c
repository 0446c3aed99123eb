/* SPDX-License-Identifier: Apache-2.0 */
#include "aes.h"

#include <psa/crypto.h>

typedef psa_status_t setup(psa_cipher_operation_t *operation, psa_key_id_t key, psa_algorithm_t algorithm);

static psa_algorithm_t algorithm_of(enum aes_mode mode)
{
	return mode == AES_CBC ? PSA_ALG_CBC_NO_PADDING : PSA_ALG_ECB_NO_PADDING;
}

static psa_status_t import_key(const struct aes_with *with, psa_key_id_t *key)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_algorithm(&attributes, algorithm_of(with->mode));
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);

	return psa_import_key(&attributes, with->key, with->key_size, key);
}

static psa_status_t run(psa_cipher_operation_t *operation, const struct aes_with *with,
			const uint8_t *from, size_t size, uint8_t *to)
{
	size_t done = 0, rest = 0;
	psa_status_t status = PSA_SUCCESS;

	if (with->mode == AES_CBC)
		status = psa_cipher_set_iv(operation, with->iv, AES_BLOCK_SIZE);
	if (status == PSA_SUCCESS)
		status = psa_cipher_update(operation, from, size, to, size, &done);
	if (status == PSA_SUCCESS)
		status = psa_cipher_finish(operation, to + done, size - done, &rest);
	return status;
}

/* In steps, because psa_cipher_encrypt() chooses the IV itself. */
static int transform(setup *begin, const struct aes_with *with, const uint8_t *from, size_t size, uint8_t *to)
{
	psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
	psa_key_id_t key;

	psa_status_t status = import_key(with, &key);
	if (status != PSA_SUCCESS)
		return (int)status;

	status = begin(&operation, key, algorithm_of(with->mode));
	if (status == PSA_SUCCESS)
		status = run(&operation, with, from, size, to);

	psa_cipher_abort(&operation);
	psa_destroy_key(key);
	return (int)status;
}

int aes_init(void)
{
	return (int)psa_crypto_init();
}

int aes_encrypt(const struct aes_with *with, const uint8_t *from, size_t size, uint8_t *to)
{
	return transform(psa_cipher_encrypt_setup, with, from, size, to);
}

int aes_decrypt(const struct aes_with *with, const uint8_t *from, size_t size, uint8_t *to)
{
	return transform(psa_cipher_decrypt_setup, with, from, size, to);
}
