/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the runtime's trace build keeps of what it does: a ring of records in the device's memory (docs/formats.md 8).
 *
 * The runtime writes these structs as they are; who looks from outside reads bytes and believes nothing.  Records are
 * numbered from 1 on, so that those which were overwritten before anyone looked are told, not passed over.
 */
#ifndef TRACE_H
#define TRACE_H

#include "bytes.h"

enum {
	TRACE_MAGIC = 0x3152544d,	/* "MTR1" */
	TRACE_HEAD_SIZE = 32,
	TRACE_RECORD_SIZE = 32,
	TRACE_CAPACITY_MAX = 1 << 16,
	TRACE_ARGUMENTS = 3,
	TRACE_CODE_MAX = 255,		/* of a system call: any number from here on */
};

enum trace_kind {
#define TRACE_KIND(number, name, text) TRACE_##name = number,
#include "trace_kinds.def"
#undef TRACE_KIND
};

struct trace_head {
	uint32_t magic;
	uint32_t record_size;
	uint32_t capacity;		/* records that follow; a power of two */
	uint32_t starts;		/* of the runtime, since power-up */
	uint32_t next;			/* number of the next record of this start; the first is 1 */
	uint32_t place;			/* where the processor stands, or stood last, for a full ring to be read (a Thumb address) */
	uint32_t reserved[2];
};

struct trace_record {
	uint32_t number;		/* written last */
	uint8_t kind, code;
	uint16_t thread;		/* 0: the main thread of its service */
	uint64_t time_nsec;		/* since the runtime's start */
	uint32_t service;		/* id; 0: none */
	uint32_t argument[TRACE_ARGUMENTS];
};
_Static_assert(sizeof(struct trace_head) == TRACE_HEAD_SIZE && sizeof(struct trace_record) == TRACE_RECORD_SIZE, "docs/formats.md 8");

/* The head of a ring; -MS_EFORMAT when it is none. */
int trace_head_decode(struct bytes in, struct trace_head *out);

/* The record of a number; -MS_EFORMAT when another lies there, or none that makes sense. */
int trace_record_decode(struct bytes in, uint32_t number, struct trace_record *out);

/*
 * What is there to read for one who has read all before number `next`: *first is the number to begin with, the result how many
 * follow from there.  *lost is how many are there no more.
 */
uint32_t trace_window(const struct trace_head *h, uint32_t next, uint32_t *first, uint32_t *lost);

/* Where a record lies, in bytes from the head's beginning. */
static inline uint32_t trace_offset(const struct trace_head *h, uint32_t number)
{
	return TRACE_HEAD_SIZE + TRACE_RECORD_SIZE * (number & (h->capacity - 1));
}

/* The name of a kind ("call"), or NULL. */
const char *trace_kind_name(enum trace_kind kind);

#endif
