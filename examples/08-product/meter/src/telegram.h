/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the wire: a line of hexadecimal digits, the nonce, a colon, the sealed text. */
#ifndef TELEGRAM_H
#define TELEGRAM_H

#include "cipher.h"

struct telegram {
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[CIPHER_SEALED_MAX];
	size_t sealed_size;
};

enum { TELEGRAM_LINE_MAX = 2 * (CIPHER_NONCE_SIZE + CIPHER_SEALED_MAX) + 2 };

/* Let the cipher seal a text of at most CIPHER_TEXT_MAX characters; what it answers. */
psa_status_t telegram_seal(const char *text, struct telegram *out);

/* Does the cipher open it as this text?  What it answers; PSA_ERROR_DATA_CORRUPT when it is another. */
psa_status_t telegram_compare(const struct telegram *t, const char *text);

/* The line with its end, no NUL; returns its size. */
size_t telegram_line(const struct telegram *t, char line[TELEGRAM_LINE_MAX]);

#endif
