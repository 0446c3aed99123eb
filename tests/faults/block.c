/* SPDX-License-Identifier: Apache-2.0 */
#include "block.h"

#include <string.h>

#include "cose.h"

enum { ALGORITHM = 6, UNPROTECTED = 28, PAYLOAD = 29, R = 32, S = 64, NUMBER = 32 };

static const uint8_t order[NUMBER] = {		/* n of P-256 */
	0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
};

/* Put bytes in; what is behind them moves up, and the end is lost. */
static void insert(uint8_t *block, unsigned at, const char *bytes, unsigned size)
{
	memmove(block + at + size, block + at, COSE_BLOCK_SIZE - at - size);
	memcpy(block + at, bytes, size);
}

void block_zero(uint8_t *block) { memset(block, 0, COSE_BLOCK_SIZE); }
void block_erase(uint8_t *block) { memset(block, 0xff, COSE_BLOCK_SIZE); }
void block_es256(uint8_t *block) { block[ALGORITHM] = 0x26; }
void block_eddsa(uint8_t *block) { block[ALGORITHM] = 0x27; }
void block_no_algorithm(uint8_t *block) { block[ALGORITHM] = 0x00; }

/* {1: -9} as 38 08, and the header's length raised with it. */
void block_long_form(uint8_t *block)
{
	insert(block, ALGORITHM, "\x38", 1);
	block[ALGORITHM + 1] = 0x08;
	block[3]++;
}

void block_unprotected(uint8_t *block)
{
	block[UNPROTECTED] = 0xa1;
	insert(block, UNPROTECTED + 1, "\x01\x28", 2);
}

void block_empty_header(uint8_t *block)
{
	static const uint8_t head[] = { 0xd2, 0x84, 0x40, 0xa0, 0xf6, 0x58, 0x40 };
	uint8_t signature[2 * NUMBER];

	memcpy(signature, block + R, sizeof(signature));
	memset(block, 0, COSE_BLOCK_SIZE);
	memcpy(block, head, sizeof(head));
	memcpy(block + sizeof(head), signature, sizeof(signature));
}

void block_embedded(uint8_t *block) { block[PAYLOAD] = 0x40; }
void block_r_zero(uint8_t *block) { memset(block + R, 0, NUMBER); }
void block_s_zero(uint8_t *block) { memset(block + S, 0, NUMBER); }
void block_r_order(uint8_t *block) { memcpy(block + R, order, NUMBER); }
void block_s_beyond(uint8_t *block) { memset(block + S, 0xff, NUMBER); }

/* As X.509 has it: SEQUENCE of two INTEGERs, cut to its room. */
void block_der(uint8_t *block)
{
	insert(block, R, "\x30\x44\x02\x20", 4);
	insert(block, R + 4 + NUMBER, "\x02\x20", 2);
}

void block_twin(uint8_t *block)
{
	int borrow = 0;

	for (int i = NUMBER - 1; i >= 0; i--) {
		int digit = order[i] - block[S + i] - borrow;

		borrow = digit < 0;
		block[S + i] = (uint8_t)digit;
	}
}
