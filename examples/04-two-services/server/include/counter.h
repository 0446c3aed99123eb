/* SPDX-License-Identifier: Apache-2.0 */
/* What the server of two-services understands.  Numbers are uint32_t. */
#ifndef COUNTER_H
#define COUNTER_H

/* Types of requests to "counter".  Each connection has a sum of its own, 0 at first. */
enum {
	COUNTER_ADD = 1,	/* in: a number; out: the sum with it */
	COUNTER_LATER = 2,	/* out: the sum, a second later */
	COUNTER_BREAK = 3,	/* the server makes a mistake */
};

/* "checksum" has one: in: bytes; out: their CRC-32. */
enum { CHECKSUM_CRC32 = 0 };

#endif
