/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger_map.h"

#include <string.h>

enum { FIRST_ROOM = 64 };

static const void *owner_of(const void *item)
{
	return *(const void *const *)item;
}

/* FNV-1a: names are others' choice, and at worst cost them time. */
static uint64_t hash_of(const void *of, struct bytes name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uintptr_t)of * UINT64_C(0x9e3779b97f4a7c15);

	for (size_t i = 0; i < name.size; i++)
		h = (h ^ name.at[i]) * UINT64_C(0x100000001b3);
	return h ^ h >> 32;
}

/* The slot of it, or the free one where it belongs; there is always a free one. */
static void **slot_of(const struct ledger_map *m, ledger_map_name *name_of, const void *of, struct bytes name)
{
	for (size_t i = hash_of(of, name) & (m->room - 1);; i = (i + 1) & (m->room - 1)) {
		const void *item = m->slots[i];

		if (!item || (owner_of(item) == of && !strncmp(name_of(item), (const char *)name.at, name.size) && !name_of(item)[name.size]))
			return &m->slots[i];
	}
}

static void put(struct ledger_map *m, ledger_map_name *name_of, void *item)
{
	const char *name = name_of(item);

	*slot_of(m, name_of, owner_of(item), (struct bytes){ (const uint8_t *)name, strlen(name) }) = item;
}

/* What it was is given back at once: at the end half of all would be such. */
static void grow(struct ledger_map *m, ledger_map_name *name_of)
{
	struct ledger_map larger = { .room = m->room ? 2 * m->room : FIRST_ROOM, .count = m->count };

	larger.slots = arena_array(&larger.arena, void *, larger.room);
	for (size_t i = 0; i < m->room; i++)
		if (m->slots[i])
			put(&larger, name_of, m->slots[i]);
	arena_done(&m->arena);
	*m = larger;
}

void *ledger_map_find(const struct ledger_map *m, ledger_map_name *name_of, const void *of, struct bytes name)
{
	return m->room ? *slot_of(m, name_of, of, name) : NULL;
}

void ledger_map_add(struct ledger_map *m, ledger_map_name *name_of, void *item)
{
	if (4 * (m->count + 1) > 3 * m->room)
		grow(m, name_of);
	put(m, name_of, item);
	m->count++;
}

void ledger_map_done(struct ledger_map *m)
{
	arena_done(&m->arena);
	*m = (struct ledger_map){ 0 };
}
