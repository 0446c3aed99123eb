/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the bind_*.c: a function in the making. */
#ifndef BIND_PARTS_H
#define BIND_PARTS_H

#include "bind.h"

struct making {
	const struct contract *contract;
	const struct call *call;
	struct items in, out;
	struct text *text;
	struct arena *arena;
};

#define PUT(m, ...) text_add((m)->text, (m)->arena, __VA_ARGS__)

static inline struct making bind_making(const struct contract *k, const struct call *c, struct text *t, struct arena *a)
{
	return (struct making){ k, c, wire_items(c, false, a), wire_items(c, true, a), t, a };
}

#endif
