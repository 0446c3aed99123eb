/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verifier's two functions run once for each input: when the board comes there with one that was seen before, it
 * gets the same result at once.  A verification takes millions of instructions, and thousands of starts make it.
 */
#ifndef MEMO_H
#define MEMO_H

#include "gdb.h"

struct memo { uint32_t sha256, verify; };	/* where crypto_sha256 and crypto_p256_verify begin */

/* The board is at one of the two: it goes on behind the call.  False: it did not come back, and stands somewhere else. */
bool memo_call(const struct memo *m, struct gdb *g, uint32_t pc);

#endif
