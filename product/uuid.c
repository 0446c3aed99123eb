/* SPDX-License-Identifier: Apache-2.0 */
#include "uuid.h"

#include <assert.h>
#include <string.h>

#include <psa/crypto.h>

enum { SHA1_SIZE = 20 };

static const uint8_t dns_space[UUID_SIZE] = {
	0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8
};

static void hash(psa_hash_operation_t *op, struct bytes b)
{
	psa_status_t status = psa_hash_update(op, b.at, b.size);

	assert(status == PSA_SUCCESS);
	(void)status;
}

void uuid_v5(const uint8_t space[UUID_SIZE], struct bytes name, uint8_t out[UUID_SIZE])
{
	psa_hash_operation_t op = PSA_HASH_OPERATION_INIT;
	uint8_t digest[SHA1_SIZE];
	size_t size;

	psa_status_t status = psa_crypto_init();
	assert(status == PSA_SUCCESS);
	status = psa_hash_setup(&op, PSA_ALG_SHA_1);
	assert(status == PSA_SUCCESS);
	hash(&op, (struct bytes){ space, UUID_SIZE });
	hash(&op, name);
	status = psa_hash_finish(&op, digest, sizeof(digest), &size);
	assert(status == PSA_SUCCESS);
	(void)status;

	memcpy(out, digest, UUID_SIZE);
	out[6] = (uint8_t)((out[6] & 0x0f) | 0x50);
	out[8] = (uint8_t)((out[8] & 0x3f) | 0x80);
}

void uuid_of_vendor(struct bytes vendor, uint8_t out[UUID_SIZE])
{
	uuid_v5(dns_space, vendor, out);
}

void uuid_of_board(const char *board, uint8_t out[UUID_SIZE])
{
	uint8_t ms[UUID_SIZE];

	uuid_of_vendor(BYTES_LITERAL("ms"), ms);
	uuid_v5(ms, (struct bytes){ (const uint8_t *)board, strlen(board) }, out);
}

const char *uuid_text(const uint8_t id[UUID_SIZE], struct arena *a)
{
	struct text t = { 0 };

	for (int i = 0; i < UUID_SIZE; i++)
		text_add(&t, a, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", id[i]);
	return t.at;
}
