/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One window of memory and what is to lie in it, so that the protection can cover exactly each extent: the search behind
 * layout_place.  Among placements the one that ends lowest is the best, as what is behind it is free in one piece.
 */
#ifndef WALL_H
#define WALL_H

#include "board.h"

/* What wants a place: `size` bytes, beginning at a multiple of `align` too (0: wherever it is legal). */
struct wall_need { uint32_t index, size, align; struct board_window at; };

struct wall {
	enum mpu_kind mpu;
	struct board_window window;
	struct wall_need *needs;	/* in the order in which they are placed */
	uint32_t count;
	uint32_t random;		/* 0: tight; else the state of the choice-maker */
	/* inside */
	struct wall_gap { uint32_t start, size; } *gaps;	/* ascending */
	uint32_t gap_count;
};

/*
 * Place all: needs[i].at.  Without `random` no order ends lower, as far as the search comes: always for seven needs or fewer, and
 * nearly always for more.  false: then needs[*failed] is the first that the tightest order had no room for.
 */
bool wall_fill(struct wall *w, struct arena *a, uint32_t *failed);

/* The largest piece that is left when all but one are placed. */
uint32_t wall_left_for(struct wall *w, uint32_t failed);

/* Bytes of a window from the same start in which all would find room; UINT32_MAX: none has. */
uint32_t wall_needed(const struct wall *w, struct arena *a);

#endif
