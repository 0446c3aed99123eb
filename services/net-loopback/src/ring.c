/* SPDX-License-Identifier: Apache-2.0 */
#include "ring.h"

#include <string.h>

/* The piece that begins at byte `skip` and ends where the memory does, or after `size`. */
static uint32_t piece(const struct ring *r, uint32_t skip, uint32_t size, uint32_t *at)
{
	*at = ((uint32_t)r->head + skip) % NET_BUFFER;
	return size < NET_BUFFER - *at ? size : NET_BUFFER - *at;
}

uint32_t ring_fill(struct ring *r, psa_handle_t message, uint32_t size)
{
	uint32_t done = 0, at;

	while (done < size) {
		uint32_t wanted = piece(r, r->used, size - done, &at);
		uint32_t came = (uint32_t)psa_read(message, 1, r->at + at, wanted);

		r->used = (uint16_t)(r->used + came);
		done += came;
		if (came < wanted)
			break;
	}
	return done;
}

void ring_put(struct ring *r, const void *from, uint32_t size)
{
	const uint8_t *byte = from;
	uint32_t at;

	for (uint32_t n; size > 0; size -= n, byte += n) {
		n = piece(r, r->used, size, &at);
		memcpy(r->at + at, byte, n);
		r->used = (uint16_t)(r->used + n);
	}
}

uint32_t ring_give(const struct ring *r, psa_handle_t message, uint32_t skip, uint32_t size)
{
	uint32_t left = r->used - skip < size ? r->used - skip : size, given = left, at;

	for (uint32_t n; left > 0; left -= n, skip += n) {
		n = piece(r, skip, left, &at);
		psa_write(message, 1, r->at + at, n);
	}
	return given;
}

void ring_look(const struct ring *r, uint32_t skip, void *to, uint32_t size)
{
	uint8_t *byte = to;
	uint32_t at;

	for (uint32_t n; size > 0; size -= n, skip += n, byte += n) {
		n = piece(r, skip, size, &at);
		memcpy(byte, r->at + at, n);
	}
}

void ring_drop(struct ring *r, uint32_t size)
{
	r->head = (uint16_t)((r->head + size) % NET_BUFFER);
	r->used = (uint16_t)(r->used - size);
}

void ring_take_back(struct ring *r, uint32_t size)
{
	r->used = (uint16_t)(r->used - size);
}

static void turn_round(struct ring *r, uint32_t from, uint32_t to)
{
	for (; from + 1 < to; from++, to--) {
		uint8_t *one = &r->at[(r->head + from) % NET_BUFFER], *other = &r->at[(r->head + to - 1) % NET_BUFFER], kept = *one;

		*one = *other;
		*other = kept;
	}
}

/* Both parts turned round, and then the whole: they have changed places. */
void ring_bring_forward(struct ring *r, uint32_t to, uint32_t size)
{
	turn_round(r, to, r->used - size);
	turn_round(r, r->used - size, r->used);
	turn_round(r, to, r->used);
}
