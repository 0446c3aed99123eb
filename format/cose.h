/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The 96-byte signature block (docs/formats.md 3): one form for all kinds of
 * signed things, compared byte by byte, without a CBOR parser.  Hashing and
 * the elliptic curve are the caller's.
 */
#ifndef COSE_H
#define COSE_H

#include "bytes.h"

enum {
	COSE_BLOCK_SIZE = 96,
	COSE_KID_SIZE = 8,
	COSE_KIND_SIZE = 9,
	COSE_SIGNATURE_AT = 32,
	COSE_SIGNATURE_SIZE = 64,
	COSE_POINT_SIZE = 64,
	COSE_TBS_PREFIX_MAX = 44,
	COSE_THUMBPRINT_INPUT_SIZE = 75,
};

/* The kinds; each is COSE_KIND_SIZE characters. */
#define COSE_KIND_IMAGE		"ms/image1"
#define COSE_KIND_PACKAGE	"ms/pkgmf1"
#define COSE_KIND_SOURCE	"ms/srcmf1"
#define COSE_KIND_TABLE		"ms/table1"
#define COSE_KIND_ROTATION	"ms/rotat1"	/* base/statement.h */
#define COSE_KIND_REVOCATION	"ms/revok1"
#define COSE_KIND_CLAIM		"ms/claim1"	/* base/claim.h */

/* Write the 32 fixed bytes of a block for this kind and key. */
void cose_prefix(uint8_t out[32], const char *kind, const uint8_t kid[COSE_KID_SIZE]);

/*
 * Is this a block of the kind?  MS_OK, or -MS_EFORMAT when a fixed byte, the
 * size or the kind differs, or r or s is not in [1, n-1].  On success *kid
 * points into the block.
 */
int cose_check(struct bytes block, const char *kind, const uint8_t **kid);

/*
 * The bytes that are hashed before the payload (all of the Sig_structure up
 * to it).  Returns how many.  The block must have passed cose_check or come
 * from cose_prefix.
 */
size_t cose_tbs_prefix(uint8_t out[COSE_TBS_PREFIX_MAX], const uint8_t block[32], uint32_t payload_size);

/* What is hashed to make a public key's thumbprint (RFC 9679), from x ‖ y. */
void cose_thumbprint_input(uint8_t out[COSE_THUMBPRINT_INPUT_SIZE], const uint8_t point[COSE_POINT_SIZE]);

#endif
