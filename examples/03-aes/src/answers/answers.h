/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/make_vectors.sh from the files in vectors/: do not edit. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "kat.h"

extern const uint8_t ecbgfsbox128[];
extern const uint8_t ecbgfsbox192[];
extern const uint8_t ecbgfsbox256[];
extern const uint8_t ecbkeysbox128[];
extern const uint8_t ecbkeysbox192[];
extern const uint8_t ecbkeysbox256[];
extern const uint8_t ecbmmt128_encrypt[];
extern const uint8_t ecbmmt128_decrypt[];
extern const uint8_t ecbmmt192_encrypt[];
extern const uint8_t ecbmmt192_decrypt[];
extern const uint8_t ecbmmt256_encrypt[];
extern const uint8_t ecbmmt256_decrypt[];
extern const uint8_t ecbvarkey128[];
extern const uint8_t ecbvarkey192[];
extern const uint8_t ecbvarkey256[];
extern const uint8_t ecbvartxt128[];
extern const uint8_t ecbvartxt192[];
extern const uint8_t ecbvartxt256[];
extern const uint8_t cbcmmt128_encrypt[];
extern const uint8_t cbcmmt128_decrypt[];
extern const uint8_t cbcmmt192_encrypt[];
extern const uint8_t cbcmmt192_decrypt[];
extern const uint8_t cbcmmt256_encrypt[];
extern const uint8_t cbcmmt256_decrypt[];

#endif
