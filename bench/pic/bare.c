/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same code, twice: as it is, and position independent as services are.
 * Without a runtime, so that nothing but the flags differs.  bench/count.so
 * counts between the markers.
 */
#include <stdint.h>
#include <string.h>

#include <mbedtls/aes.h>
#include <mbedtls/sha256.h>
#include <p256-m.h>

#include "cbor.h"
#include "table.h"

#define BEGIN() __asm__ volatile("mov r0, r0" : : : "memory")
#define END() __asm__ volatile("mov r1, r1" : : : "memory")

static uint8_t data[4096], table_bytes[1024];

/* Only how long a verification takes matters: the curve's base point, and any r and s. */
static const uint8_t point[64] = {
	0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
	0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
	0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
	0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
};
static const uint8_t signature[64] = { [31] = 5, [63] = 7 };
static const uint8_t signed_hash[32] = { 1, 2, 3 };

static void hash(void)
{
	mbedtls_sha256_context c;
	uint8_t out[32];

	mbedtls_sha256_init(&c);
	mbedtls_sha256_starts(&c, 0);
	mbedtls_sha256_update(&c, data, sizeof(data));
	mbedtls_sha256_finish(&c, out);
	memcpy(data, out, sizeof(out));
}

static void encrypt(void)
{
	mbedtls_aes_context c;
	uint8_t iv[16] = { 0 };

	mbedtls_aes_init(&c);
	mbedtls_aes_setkey_enc(&c, data, 128);
	mbedtls_aes_crypt_cbc(&c, MBEDTLS_AES_ENCRYPT, sizeof(data), iv, data, data);
}

static void verify(void)
{
	data[0] = (uint8_t)p256_ecdsa_verify(signature, point, signed_hash, 32);
}

static size_t make_table(void)
{
	static const uint8_t id[32];
	struct writer w = { .at = table_bytes, .size = sizeof(table_bytes) };
	struct table t = { .sequence = 1, .abi_major = 1, .flash_base = 0x40000, .flash_size = 0x100000, .ram_base = 0x20000000, .ram_size = 0x10000 };
	struct table_entry e[4];

	for (uint32_t i = 0; i < 4; i++)
		e[i] = (struct table_entry){
			.id = i + 1, .flags = TABLE_START, .image_offset = i * 4096, .image_size = 4096, .image_extent = 4096,
			.ram_offset = i * 4096, .ram_extent = 4096, .stack_size = 1024, .heap_size = 1024, .priority = 8, .ceiling = 8,
			.quantum_msec = 10, .name = { (const uint8_t *)"abcd" + i, 1 }, .sha256 = id, .signer = id,
		};
	table_encode(&t, e, 4, NULL, 0, &w);
	return w.used;
}

static void decode(size_t size)
{
	struct table t;

	data[1] = (uint8_t)table_decode((struct bytes){ table_bytes, size }, MPU_V7, &t);
}

static void parse(void)
{
	struct writer w = { .at = data, .size = sizeof(data) };

	cbor_put_array(&w, 200);
	for (uint32_t i = 0; i < 200; i++)
		cbor_put_uint(&w, i * 1000);
	data[2] = cbor_valid(writer_bytes(&w));
}

/* Called by start.c. */
void measure(void);

void measure(void)
{
	size_t size = make_table();

	BEGIN(); hash(); END();
	BEGIN(); encrypt(); END();
	BEGIN(); verify(); END();
	BEGIN(); decode(size); END();
	BEGIN(); parse(); END();
}

/* What mbedTLS asks of a platform. */
void mbedtls_platform_zeroize(void *at, size_t length);
void mbedtls_platform_zeroize(void *at, size_t length)
{
	memset(at, 0, length);
}
