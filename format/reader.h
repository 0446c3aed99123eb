/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sticky little-endian reader of untrusted bytes.  Past the end it fails
 * and gives zeros, so that decoding is a straight line with one check.
 */
#ifndef READER_H
#define READER_H

#include "bytes.h"

struct reader {
	struct bytes left;
	bool failed;
};

uint8_t read_u8(struct reader *r);
uint16_t read_u16(struct reader *r);
uint32_t read_u32(struct reader *r);
uint64_t read_u64(struct reader *r);

/* The next bytes, borrowed from what is read; empty after a failure. */
struct bytes read_bytes(struct reader *r, size_t size);

/* Refuse what was read: from here on all is zero and empty. */
void read_fail(struct reader *r);

#endif
