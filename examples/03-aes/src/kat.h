/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Known-answer test: this service's AES against NIST's answers.
 *
 * The answers are compiled in: answers/ is made from the files in vectors/ by tools/make_vectors.sh.  Most
 * of those vectors vary one field by a pattern and leave the others zero: such
 * a field takes no room.  What has no pattern lies one after the other at
 * `bytes`: of each vector key, IV, plaintext, ciphertext, in this order.
 * CBC's first block with a zero IV is ECB's, so some sets share their bytes.
 */
#ifndef KAT_H
#define KAT_H

#include <stdbool.h>

#include "aes.h"

enum { KAT_SIZE_MAX = 10 * AES_BLOCK_SIZE };

enum kat_form {
	KAT_ZERO,	/* zeros in each vector */
	KAT_ONES,	/* vector i begins with i + 1 one bits, zeros follow */
	KAT_GIVEN,	/* in full, at `bytes` */
};

/* One file, or one section of a file whose two sections differ. */
struct kat_set {
	const char *name;		/* "ECBVarKey128", "CBCMMT128 DECRYPT" */
	uint8_t mode;			/* enum aes_mode */
	uint8_t key_size;
	uint16_t count;			/* vectors; they are numbered from 0, as COUNT in the file */
	uint8_t key, iv, plain;		/* enum kat_form */
	bool grows;			/* vector i has i + 1 blocks; else each has one */
	const uint8_t *bytes;
};

extern const struct kat_set kat_sets[];
extern const unsigned kat_set_count;

struct kat_vector {
	unsigned number;
	size_t size;			/* of plain and cipher */
	uint8_t key[AES_KEY_SIZE_MAX], iv[AES_BLOCK_SIZE];
	uint8_t plain[KAT_SIZE_MAX], cipher[KAT_SIZE_MAX];
};

/* Goes through a set: { .set = s, .at = s->bytes } is before its first vector. */
struct kat_reader {
	const struct kat_set *set;
	const uint8_t *at;
	unsigned next;
};

/* The next vector, in full; false after the last. */
bool kat_read(struct kat_reader *r, struct kat_vector *out);

/*
 * Encrypt and decrypt each vector of a set.  Returns how many answers are not
 * NIST's (0 to 2 for each vector); each is named in the log.  After aes_init.
 */
unsigned kat_compare(const struct kat_set *s);

#endif
