/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/make_vectors.sh from the files in vectors/: do not edit. */
#include "kat.h"

static const uint8_t ecbgfsbox128[] = {
#include "ecbgfsbox128.inc"
};
static const uint8_t ecbgfsbox192[] = {
#include "ecbgfsbox192.inc"
};
static const uint8_t ecbgfsbox256[] = {
#include "ecbgfsbox256.inc"
};
static const uint8_t ecbkeysbox128[] = {
#include "ecbkeysbox128.inc"
};
static const uint8_t ecbkeysbox192[] = {
#include "ecbkeysbox192.inc"
};
static const uint8_t ecbkeysbox256[] = {
#include "ecbkeysbox256.inc"
};
static const uint8_t ecbmmt128_encrypt[] = {
#include "ecbmmt128_encrypt.inc"
};
static const uint8_t ecbmmt128_decrypt[] = {
#include "ecbmmt128_decrypt.inc"
};
static const uint8_t ecbmmt192_encrypt[] = {
#include "ecbmmt192_encrypt.inc"
};
static const uint8_t ecbmmt192_decrypt[] = {
#include "ecbmmt192_decrypt.inc"
};
static const uint8_t ecbmmt256_encrypt[] = {
#include "ecbmmt256_encrypt.inc"
};
static const uint8_t ecbmmt256_decrypt[] = {
#include "ecbmmt256_decrypt.inc"
};
static const uint8_t ecbvarkey128[] = {
#include "ecbvarkey128.inc"
};
static const uint8_t ecbvarkey192[] = {
#include "ecbvarkey192.inc"
};
static const uint8_t ecbvarkey256[] = {
#include "ecbvarkey256.inc"
};
static const uint8_t ecbvartxt128[] = {
#include "ecbvartxt128.inc"
};
static const uint8_t ecbvartxt192[] = {
#include "ecbvartxt192.inc"
};
static const uint8_t ecbvartxt256[] = {
#include "ecbvartxt256.inc"
};
static const uint8_t cbcmmt128_encrypt[] = {
#include "cbcmmt128_encrypt.inc"
};
static const uint8_t cbcmmt128_decrypt[] = {
#include "cbcmmt128_decrypt.inc"
};
static const uint8_t cbcmmt192_encrypt[] = {
#include "cbcmmt192_encrypt.inc"
};
static const uint8_t cbcmmt192_decrypt[] = {
#include "cbcmmt192_decrypt.inc"
};
static const uint8_t cbcmmt256_encrypt[] = {
#include "cbcmmt256_encrypt.inc"
};
static const uint8_t cbcmmt256_decrypt[] = {
#include "cbcmmt256_decrypt.inc"
};

const struct kat_set kat_sets[] = {
	{ "ECBGFSbox128", AES_ECB, 16, 7, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox128 },
	{ "ECBGFSbox192", AES_ECB, 24, 6, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox192 },
	{ "ECBGFSbox256", AES_ECB, 32, 5, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox256 },
	{ "ECBKeySbox128", AES_ECB, 16, 21, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox128 },
	{ "ECBKeySbox192", AES_ECB, 24, 24, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox192 },
	{ "ECBKeySbox256", AES_ECB, 32, 16, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox256 },
	{ "ECBMMT128 ENCRYPT", AES_ECB, 16, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt128_encrypt },
	{ "ECBMMT128 DECRYPT", AES_ECB, 16, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt128_decrypt },
	{ "ECBMMT192 ENCRYPT", AES_ECB, 24, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt192_encrypt },
	{ "ECBMMT192 DECRYPT", AES_ECB, 24, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt192_decrypt },
	{ "ECBMMT256 ENCRYPT", AES_ECB, 32, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt256_encrypt },
	{ "ECBMMT256 DECRYPT", AES_ECB, 32, 10, KAT_GIVEN, KAT_ZERO, KAT_GIVEN, true, ecbmmt256_decrypt },
	{ "ECBVarKey128", AES_ECB, 16, 128, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey128 },
	{ "ECBVarKey192", AES_ECB, 24, 192, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey192 },
	{ "ECBVarKey256", AES_ECB, 32, 256, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey256 },
	{ "ECBVarTxt128", AES_ECB, 16, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt128 },
	{ "ECBVarTxt192", AES_ECB, 24, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt192 },
	{ "ECBVarTxt256", AES_ECB, 32, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt256 },
	{ "CBCGFSbox128", AES_CBC, 16, 7, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox128 },
	{ "CBCGFSbox192", AES_CBC, 24, 6, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox192 },
	{ "CBCGFSbox256", AES_CBC, 32, 5, KAT_ZERO, KAT_ZERO, KAT_GIVEN, false, ecbgfsbox256 },
	{ "CBCKeySbox128", AES_CBC, 16, 21, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox128 },
	{ "CBCKeySbox192", AES_CBC, 24, 24, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox192 },
	{ "CBCKeySbox256", AES_CBC, 32, 16, KAT_GIVEN, KAT_ZERO, KAT_ZERO, false, ecbkeysbox256 },
	{ "CBCMMT128 ENCRYPT", AES_CBC, 16, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt128_encrypt },
	{ "CBCMMT128 DECRYPT", AES_CBC, 16, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt128_decrypt },
	{ "CBCMMT192 ENCRYPT", AES_CBC, 24, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt192_encrypt },
	{ "CBCMMT192 DECRYPT", AES_CBC, 24, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt192_decrypt },
	{ "CBCMMT256 ENCRYPT", AES_CBC, 32, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt256_encrypt },
	{ "CBCMMT256 DECRYPT", AES_CBC, 32, 10, KAT_GIVEN, KAT_GIVEN, KAT_GIVEN, true, cbcmmt256_decrypt },
	{ "CBCVarKey128", AES_CBC, 16, 128, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey128 },
	{ "CBCVarKey192", AES_CBC, 24, 192, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey192 },
	{ "CBCVarKey256", AES_CBC, 32, 256, KAT_ONES, KAT_ZERO, KAT_ZERO, false, ecbvarkey256 },
	{ "CBCVarTxt128", AES_CBC, 16, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt128 },
	{ "CBCVarTxt192", AES_CBC, 24, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt192 },
	{ "CBCVarTxt256", AES_CBC, 32, 128, KAT_ZERO, KAT_ZERO, KAT_ONES, false, ecbvartxt256 },
};

const unsigned kat_set_count = sizeof(kat_sets) / sizeof(kat_sets[0]);
