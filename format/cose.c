/* SPDX-License-Identifier: Apache-2.0 */
#include "cose.h"

#include <string.h>

#include <ms/abi/abi.h>

enum { KID_AT = 9, KIND_AT = 19, PROTECTED_AT = 4, PROTECTED_SIZE = 24, FIXED_SIZE = 32, SCALAR_SIZE = 32 };

void cose_prefix(uint8_t out[32], const char *kind, const uint8_t kid[COSE_KID_SIZE])
{
	static const uint8_t fixed[FIXED_SIZE] = {
		0xd2, 0x84,				/* COSE_Sign1, array of 4 */
		0x58, 0x18,				/* protected, 24 bytes: */
		0xa3, 0x01, 0x28,			/* algorithm: ESP256 */
		0x04, 0x48, 0, 0, 0, 0, 0, 0, 0, 0,	/* kid */
		0x10, 0x69, 0, 0, 0, 0, 0, 0, 0, 0, 0,	/* typ */
		0xa0, 0xf6,				/* unprotected: none; payload: detached */
		0x58, 0x40,				/* signature, 64 bytes */
	};

	memcpy(out, fixed, sizeof(fixed));
	memcpy(out + KID_AT, kid, COSE_KID_SIZE);
	memcpy(out + KIND_AT, kind, COSE_KIND_SIZE);
}

/* Is this in [1, n-1], n being the order of P-256? */
static bool scalar_ok(const uint8_t s[SCALAR_SIZE])
{
	static const uint8_t order[SCALAR_SIZE] = {
		0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
	};

	return memcmp(s, order, SCALAR_SIZE) < 0 && !bytes_all((struct bytes){ s, SCALAR_SIZE }, 0);
}

int cose_check(struct bytes block, const char *kind, const uint8_t **kid)
{
	uint8_t expected[FIXED_SIZE];

	if (block.size != COSE_BLOCK_SIZE)
		return -MS_EFORMAT;

	cose_prefix(expected, kind, block.at + KID_AT);
	if (memcmp(block.at, expected, sizeof(expected)) != 0)
		return -MS_EFORMAT;

	const uint8_t *r = block.at + COSE_SIGNATURE_AT;
	if (!scalar_ok(r) || !scalar_ok(r + SCALAR_SIZE))
		return -MS_EFORMAT;

	*kid = block.at + KID_AT;
	return MS_OK;
}

/* The shortest head of a CBOR byte string of this size. */
static size_t string_head(uint8_t out[5], uint32_t size)
{
	size_t extra = size < 24 ? 0 : size <= UINT8_MAX ? 1 : size <= UINT16_MAX ? 2 : 4;

	out[0] = (uint8_t)(0x40 | (extra == 0 ? size : extra == 4 ? 26 : 23 + extra));
	for (size_t i = extra; i > 0; i--, size >>= 8)
		out[i] = (uint8_t)size;
	return 1 + extra;
}

size_t cose_tbs_prefix(uint8_t out[COSE_TBS_PREFIX_MAX], const uint8_t block[32], uint32_t payload_size)
{
	static const uint8_t start[] = { 0x84, 0x6a, 'S', 'i', 'g', 'n', 'a', 't', 'u', 'r', 'e', '1', 0x58, PROTECTED_SIZE };
	size_t size = sizeof(start);

	memcpy(out, start, sizeof(start));
	memcpy(out + size, block + PROTECTED_AT, PROTECTED_SIZE);
	size += PROTECTED_SIZE;
	out[size++] = 0x40;	/* no external data */
	return size + string_head(out + size, payload_size);
}

void cose_thumbprint_input(uint8_t out[COSE_THUMBPRINT_INPUT_SIZE], const uint8_t point[COSE_POINT_SIZE])
{
	static const uint8_t x_head[] = { 0xa4, 0x01, 0x02, 0x20, 0x01, 0x21, 0x58, 0x20 };
	static const uint8_t y_head[] = { 0x22, 0x58, 0x20 };

	memcpy(out, x_head, sizeof(x_head));
	out += sizeof(x_head);
	memcpy(out, point, SCALAR_SIZE);
	out += SCALAR_SIZE;
	memcpy(out, y_head, sizeof(y_head));
	out += sizeof(y_head);
	memcpy(out, point + SCALAR_SIZE, SCALAR_SIZE);
}
