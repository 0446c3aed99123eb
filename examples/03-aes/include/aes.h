/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES of whole blocks, in two modes.
 *
 * Whatever the PSA Crypto API refuses is refused here with the same number:
 * a negative psa_status_t, -135 (PSA_ERROR_INVALID_ARGUMENT) above all.
 */
#ifndef AES_H
#define AES_H

#include <stddef.h>
#include <stdint.h>

enum { AES_BLOCK_SIZE = 16, AES_KEY_SIZE_MAX = 32 };

enum aes_mode {
	AES_ECB,	/* each block by itself: what other modes are made of, and nothing for secrets of their own */
	AES_CBC,	/* each block chained to the one before, the first to the IV */
};

/* What to do a message with.  Borrowed for the call. */
struct aes_with {
	enum aes_mode mode;
	const uint8_t *key;
	size_t key_size;		/* 16, 24 or 32 */
	const uint8_t *iv;		/* 16 bytes; not looked at in ECB */
};

/* Once, before all else; again is fine.  0, or a negative psa_status_t. */
int aes_init(void);

/*
 * Encrypt or decrypt `size` bytes at `from` to `to`, which has room for as
 * many: a multiple of 16, without padding.  The two may be the same place, but not overlap
 * otherwise.  0, or a negative psa_status_t: then the bytes at `to` mean nothing.
 */
int aes_encrypt(const struct aes_with *with, const uint8_t *from, size_t size, uint8_t *to);
int aes_decrypt(const struct aes_with *with, const uint8_t *from, size_t size, uint8_t *to);

#endif
