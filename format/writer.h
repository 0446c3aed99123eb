/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sticky little-endian writer into the caller's buffer.  When it is full it
 * fails and writes no more; `used` is then what would have been needed.
 */
#ifndef WRITER_H
#define WRITER_H

#include "bytes.h"

struct writer {
	uint8_t *at;
	size_t size;
	size_t used;
	bool failed;
};

void write_u8(struct writer *w, uint8_t v);
void write_u16(struct writer *w, uint16_t v);
void write_u32(struct writer *w, uint32_t v);
void write_u64(struct writer *w, uint64_t v);
void write_bytes(struct writer *w, struct bytes b);
void write_zeros(struct writer *w, size_t count);

/* What has been written; empty after a failure. */
struct bytes writer_bytes(const struct writer *w);

#endif
