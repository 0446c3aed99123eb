/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an input reaches: which basic blocks of services ran after which, how often by powers of two; and what it was
 * compared with.  The compiler's calls come while a service runs, when the simulation's memory is closed.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two numbers of the service that were compared and differed. */
struct blocks_pair {
	uint64_t left, right;
	unsigned size;			/* bytes */
};

/* From now on blocks count. */
void blocks_begin(void);

/* Of the input that has run since blocks_begin or the last time this was asked: did it reach anything new?  *all is how much there is. */
bool blocks_new(uint64_t *all);

/* Forget comparisons. */
void blocks_compare_anew(void);

/* One of those since then, chosen by a random number: the last one of some place in the code.  False when there was none. */
bool blocks_compared(uint64_t random, struct blocks_pair *out);

/* A block begins at this address (schedule.c). */
void blocks_reached(uintptr_t pc);
extern bool blocks_count;

#endif
