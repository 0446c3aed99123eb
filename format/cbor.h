/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deterministic CBOR (RFC 8949 4.2.1), strictly: definite lengths, shortest
 * forms, unsigned and negative integers, byte and text strings (UTF-8
 * checked), arrays, maps with sorted unique keys.  Anything else fails.  The
 * reader is sticky, as all of ours.
 */
#ifndef CBOR_H
#define CBOR_H

#include "reader.h"
#include "writer.h"

enum { CBOR_DEPTH_MAX = 8 };

enum cbor_type {
	CBOR_UINT = 0, CBOR_NINT = 1, CBOR_BYTES = 2, CBOR_TEXT = 3, CBOR_ARRAY = 4, CBOR_MAP = 5,
	CBOR_OTHER = 6,		/* a tag, a simple value or a float: nothing that can be read */
	CBOR_END = 8,
};

/* Is this exactly one well-formed deterministic item, at most CBOR_DEPTH_MAX arrays and maps deep, with nothing behind it? */
bool cbor_valid(struct bytes item);

/* Straight-line reading of an item that need not have been validated: each call checks what it reads. */
uint64_t cbor_uint(struct reader *r);			/* fails on any other type */
int64_t cbor_int(struct reader *r);			/* unsigned or negative, within int64 */
struct bytes cbor_bytes(struct reader *r);
struct bytes cbor_text(struct reader *r);
uint32_t cbor_array(struct reader *r);			/* number of items */
uint32_t cbor_map(struct reader *r);			/* number of pairs */
enum cbor_type cbor_peek(const struct reader *r);	/* CBOR_END at the end or after a failure */
void cbor_skip(struct reader *r);			/* one whole item, as cbor_valid has it */

void cbor_put_uint(struct writer *w, uint64_t v);
void cbor_put_int(struct writer *w, int64_t v);
void cbor_put_bytes(struct writer *w, struct bytes b);
void cbor_put_text(struct writer *w, struct bytes text);
void cbor_put_array(struct writer *w, uint32_t count);
void cbor_put_map(struct writer *w, uint32_t count);	/* the caller writes the keys in order */

#endif
