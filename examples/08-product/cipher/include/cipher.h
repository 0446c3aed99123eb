/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seals and opens short texts by AES-GCM, with a key that never leaves the service: a sealed text cannot be read, and a
 * change of one bit is noticed.
 */
#ifndef CIPHER_H
#define CIPHER_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

enum { CIPHER_NONCE_SIZE = 12, CIPHER_TAG_SIZE = 16, CIPHER_TEXT_MAX = 128, CIPHER_SEALED_MAX = CIPHER_TEXT_MAX + CIPHER_TAG_SIZE };

/*
 * Seal a text: it comes out as long as it was and the tag behind it, under a nonce that no other text has.
 * PSA_ERROR_BUFFER_TOO_SMALL when `sealed` has no room for text and tag.
 */
psa_status_t cipher_seal(const uint8_t *text, size_t text_size, uint8_t nonce[12], uint8_t *sealed, size_t sealed_size, size_t *sealed_length);

/*
 * Open what was sealed under that nonce.
 * PSA_ERROR_INVALID_SIGNATURE when it is not what was sealed; then nothing is written.
 */
psa_status_t cipher_open(const uint8_t nonce[12], const uint8_t *sealed, size_t sealed_size, uint8_t *text, size_t text_size, size_t *text_length);

#endif
