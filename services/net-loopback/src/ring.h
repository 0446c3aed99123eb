/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that have come and were not received yet.  They are filled from and emptied into a client's memory directly, which
 * may give up in the middle: what it did not give is not there.
 */
#ifndef RING_H
#define RING_H

#include <stdint.h>

#include <psa/service.h>

#include "bounds.h"

struct ring {
	uint16_t head, used;		/* the first byte, and how many */
	uint8_t at[NET_BUFFER];
};

static inline uint32_t ring_room(const struct ring *r)
{
	return NET_BUFFER - r->used;
}

/* Append up to `size` bytes (at most ring_room) of the message's input 1; returns how many came. */
uint32_t ring_fill(struct ring *r, psa_handle_t message, uint32_t size);

/* Append `size` bytes, of which there is room. */
void ring_put(struct ring *r, const void *from, uint32_t size);

/* Write up to `size` bytes from byte `skip` on to the message's output 1, which has room for them; the ring keeps them.  Returns how many. */
uint32_t ring_give(const struct ring *r, psa_handle_t message, uint32_t skip, uint32_t size);

/* Look at `size` bytes from byte `skip` on, which are there. */
void ring_look(const struct ring *r, uint32_t skip, void *to, uint32_t size);

/* Drop the first `size` bytes, which are there; and the last `size`. */
void ring_drop(struct ring *r, uint32_t size);
void ring_take_back(struct ring *r, uint32_t size);

/* Bring the last `size` bytes forward, to byte `to`; those that were there follow them. */
void ring_bring_forward(struct ring *r, uint32_t to, uint32_t size);

#endif
