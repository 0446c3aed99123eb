/* SPDX-License-Identifier: Apache-2.0 */
#include "nonces.h"

#include <string.h>
#include <sys/random.h>

#include "out.h"
#include "release.h"

/* The second in which it was given out, four random bytes, and the first of the SHA-256 of the secret and these: all of fixed sizes. */
enum { SECOND_SIZE = 4, HEAD_SIZE = 8, SIZE = CLAIM_NONCE_DIGITS / 2 };

static void fill(void *at, size_t size)
{
	struct err e;

	if (getrandom(at, size, 0) == (ssize_t)size)
		return;
	err_errno(&e, "there are no random numbers");
	out_die(&e);
}

static void sign(const struct nonces *n, uint8_t nonce[SIZE])
{
	uint8_t input[sizeof(n->secret) + HEAD_SIZE], hash[32];

	memcpy(input, n->secret, sizeof(n->secret));
	memcpy(input + sizeof(n->secret), nonce, HEAD_SIZE);
	sha256(BYTES_OF(input), hash);
	memcpy(nonce + HEAD_SIZE, hash, SIZE - HEAD_SIZE);
}

const char *nonces_make(struct nonces *n, uint64_t now_nsec, struct arena *a)
{
	uint32_t second = (uint32_t)(now_nsec / 1000000000);
	uint8_t nonce[SIZE];

	if (!n->begun)
		fill(n->secret, sizeof(n->secret));
	n->begun = true;
	for (int i = 0; i < SECOND_SIZE; i++)
		nonce[i] = (uint8_t)(second >> 8 * i);
	fill(nonce + SECOND_SIZE, HEAD_SIZE - SECOND_SIZE);
	sign(n, nonce);
	return release_hex(nonce, sizeof(nonce), a);
}

static bool take_hex(const char *digits, uint8_t nonce[SIZE])
{
	static const char hex[] = "0123456789abcdef";

	if (strlen(digits) != CLAIM_NONCE_DIGITS || strspn(digits, hex) != CLAIM_NONCE_DIGITS)
		return false;
	for (size_t i = 0; i < SIZE; i++)
		nonce[i] = (uint8_t)((strchr(hex, digits[2 * i]) - hex) << 4 | (strchr(hex, digits[2 * i + 1]) - hex));
	return true;
}

static bool was_used(const struct nonces *n, uint64_t mark, uint64_t now_nsec)
{
	for (size_t i = 0; i < NONCE_USED_COUNT; i++)
		if (n->used[i].mark == mark && n->used[i].ends_nsec > now_nsec)
			return true;
	return false;
}

bool nonces_take(struct nonces *n, const char *digits, uint64_t now_nsec)
{
	uint8_t said[SIZE], wanted[SIZE], difference = 0;
	uint32_t second = 0, now = (uint32_t)(now_nsec / 1000000000);
	uint64_t mark;

	if (!n->begun || !take_hex(digits, said))
		return false;
	memcpy(wanted, said, SIZE);
	sign(n, wanted);
	for (int i = 0; i < SIZE; i++)
		difference |= wanted[i] ^ said[i];
	for (int i = 0; i < SECOND_SIZE; i++)
		second |= (uint32_t)said[i] << 8 * i;
	memcpy(&mark, said + HEAD_SIZE, sizeof(mark));
	if (difference || now - second >= NONCE_SEC || was_used(n, mark, now_nsec))
		return false;
	n->used[n->next].mark = mark;
	n->used[n->next].ends_nsec = now_nsec + NONCE_SEC * UINT64_C(1000000000);
	n->next = (n->next + 1) % NONCE_USED_COUNT;
	return true;
}
