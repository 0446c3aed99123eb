/* SPDX-License-Identifier: Apache-2.0 */
#include "telegram.h"

#include <string.h>

psa_status_t telegram_seal(const char *text, struct telegram *out)
{
	return cipher_seal((const uint8_t *)text, strlen(text), out->nonce, out->sealed, sizeof(out->sealed), &out->sealed_size);
}

psa_status_t telegram_compare(const struct telegram *t, const char *text)
{
	uint8_t opened[CIPHER_TEXT_MAX];
	size_t size;
	psa_status_t status = cipher_open(t->nonce, t->sealed, t->sealed_size, opened, sizeof(opened), &size);

	if (status != PSA_SUCCESS)
		return status;
	return size == strlen(text) && !memcmp(opened, text, size) ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT;
}

static char *digits(char *to, const uint8_t *from, size_t size)
{
	for (; size > 0; size--, from++) {
		*to++ = "0123456789abcdef"[*from >> 4];
		*to++ = "0123456789abcdef"[*from & 15];
	}
	return to;
}

size_t telegram_line(const struct telegram *t, char line[TELEGRAM_LINE_MAX])
{
	char *at = digits(line, t->nonce, sizeof(t->nonce));

	*at++ = ':';
	at = digits(at, t->sealed, t->sealed_size);
	*at++ = '\n';
	return (size_t)(at - line);
}
