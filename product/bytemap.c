/* SPDX-License-Identifier: Apache-2.0 */
#include "bytemap.h"

enum { FIRST_ROOM = 64 };

/* FNV-1a: keys are names that others choose, and at worst cost them time. */
static uint64_t hash_of(struct bytes key)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < key.size; i++)
		h = (h ^ key.at[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 32;
}

/* The slot of a key, or the free one where it belongs; there is always a free one. */
static struct bytemap_slot *slot_of(const struct bytemap *m, struct bytes key)
{
	for (size_t i = hash_of(key) & (m->room - 1);; i = (i + 1) & (m->room - 1))
		if (!m->slots[i].key.at || bytes_equal(m->slots[i].key, key))
			return &m->slots[i];
}

static void grow(struct bytemap *m, struct arena *a)
{
	struct bytemap larger = { .room = m->room ? 2 * m->room : FIRST_ROOM, .count = m->count };

	larger.slots = arena_array(a, struct bytemap_slot, larger.room);
	for (size_t i = 0; i < m->room; i++)
		if (m->slots[i].key.at)
			*slot_of(&larger, m->slots[i].key) = m->slots[i];
	*m = larger;
}

void **bytemap_at(struct bytemap *m, struct bytes key, struct arena *a)
{
	if (a && 4 * (m->count + 1) > 3 * m->room)
		grow(m, a);
	if (!m->room)
		return NULL;

	struct bytemap_slot *s = slot_of(m, key);
	if (!s->key.at) {
		if (!a)
			return NULL;
		s->key = key;
		m->count++;
	}
	return &s->value;
}
