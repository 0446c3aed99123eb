/* SPDX-License-Identifier: Apache-2.0 */
#include "kat.h"

#include <string.h>

#include <SysCall.h>

static void set_ones(uint8_t *field, unsigned bits)
{
	for (; bits >= 8; bits -= 8)
		*field++ = 0xff;
	if (bits)
		*field = (uint8_t)(0xff00u >> bits);
}

static void read_field(struct kat_reader *r, enum kat_form form, uint8_t *field, size_t size)
{
	memset(field, 0, size);
	if (form == KAT_ONES)
		set_ones(field, r->next + 1);
	if (form != KAT_GIVEN)
		return;

	memcpy(field, r->at, size);
	r->at += size;
}

bool kat_read(struct kat_reader *r, struct kat_vector *out)
{
	const struct kat_set *s = r->set;

	if (r->next == s->count)
		return false;

	out->number = r->next;
	out->size = s->grows ? (r->next + 1) * AES_BLOCK_SIZE : AES_BLOCK_SIZE;
	read_field(r, s->key, out->key, s->key_size);
	read_field(r, s->iv, out->iv, sizeof(out->iv));
	read_field(r, s->plain, out->plain, out->size);
	read_field(r, KAT_GIVEN, out->cipher, out->size);
	r->next++;
	return true;
}

/* 1 and a line in the log for an answer that is not NIST's, else 0. */
static unsigned compare(const struct kat_set *s, const struct kat_vector *v, bool encrypt)
{
	const struct aes_with with = { .mode = s->mode, .key = v->key, .key_size = s->key_size, .iv = v->iv };
	const uint8_t *from = encrypt ? v->plain : v->cipher, *want = encrypt ? v->cipher : v->plain;
	uint8_t got[KAT_SIZE_MAX];

	int rc = (encrypt ? aes_encrypt : aes_decrypt)(&with, from, v->size, got);
	if (rc == 0 && memcmp(got, want, v->size) == 0)
		return 0;

	const char *what = encrypt ? "encryption" : "decryption";
	if (rc != 0)
		LOG_ERROR("%s COUNT %u: %s fails with %d", s->name, v->number, what, rc);
	else
		LOG_ERROR("%s COUNT %u: %s gives another answer than NIST's", s->name, v->number, what);
	return 1;
}

unsigned kat_compare(const struct kat_set *s)
{
	struct kat_reader r = { .set = s, .at = s->bytes };
	struct kat_vector v;
	unsigned wrong = 0;

	while (kat_read(&r, &v)) {
		wrong += compare(s, &v, true);
		wrong += compare(s, &v, false);
	}
	return wrong;
}
