/* SPDX-License-Identifier: Apache-2.0 */
#include "simrules.h"

#include <stdlib.h>
#include <string.h>

#include "manifest.h"
#include "simmodel.h"

enum { SIGNAL_FIRST = 4, RULE_MAX = MANIFEST_PROVIDE_MAX + MANIFEST_CALL_MAX + 2 * MANIFEST_MAPPED_MAX };

/* Of few services only the first page is there. */
__attribute__((section("ms_seldom_first")))
static struct { struct table_rule rule[RULE_MAX]; uint32_t count, id; } own[LAYOUT_SERVICE_MAX];

/* A service that is there twice has neighbouring numbers. */
static uint32_t choose_id(const struct ms_facts *f, size_t i)
{
	uint32_t id = f->id ? f->id : (uint32_t)i + 1;

	for (size_t k = 0; k < i; k++)
		if (own[k].id == id) {
			id++;
			k = SIZE_MAX;	/* look at all again */
		}
	return id;
}

static void add(size_t i, uint32_t object, uint32_t operations, uint32_t argument)
{
	if (own[i].count < RULE_MAX)
		own[i].rule[own[i].count++] = (struct table_rule){ own[i].id, object, operations, argument };
}

static uint32_t operations_of(const struct ms_interface *n, uint32_t signal)
{
	return TABLE_ENDPOINT_RECEIVE | signal << 8 | (uint32_t)n->version << 16 |
	       (n->flags & MANIFEST_CONNECTIONS ? TABLE_ENDPOINT_CONNECTIONS : 0) | (n->flags & MANIFEST_STRICT ? TABLE_ENDPOINT_STRICT : 0);
}

static uint32_t provide(size_t i, const struct ms_facts *f, uint32_t first)
{
	for (uint32_t k = 0; k < f->provide_count; k++)
		add(i, table_object(TABLE_ENDPOINT, first + k), operations_of(&f->interfaces[k], SIGNAL_FIRST + k), f->interfaces[k].sid);
	return first + f->provide_count;
}

/* The first provider of a number is the one; a request that nobody here serves is not granted. */
static void call(const struct area *areas, size_t count, size_t i)
{
	const struct ms_facts *f = areas[i].instance.facts;

	for (uint32_t k = 0; k < f->call_count; k++) {
		const struct ms_interface *wanted = &f->interfaces[f->provide_count + k];
		const struct table_rule *found = NULL;

		for (size_t p = 0; p < count && !found; p++)
			for (uint32_t r = 0; r < areas[p].instance.facts->provide_count && !found; r++)
				if (p != i && own[p].rule[r].argument == wanted->sid)
					found = &own[p].rule[r];
		if (found)
			add(i, found->object, TABLE_ENDPOINT_CALL, k);
	}
}

/* A device is the first service's that asks for it. */
static void give_devices(size_t i, const struct ms_facts *f)
{
	const struct ms_mapped *wanted = ms_facts_mapped(f);
	uint32_t signal = SIGNAL_FIRST + f->provide_count;

	for (uint32_t k = 0; k < f->device_count; signal += wanted[k++].number) {
		uint32_t number = simmodel_add(wanted[k].name, wanted[k].number);

		if (number != UINT32_MAX)
			add(i, table_object(TABLE_DEVICE, number), TABLE_DEVICE_USE | (wanted[k].number ? signal << 8 : 0), k);
	}
}

static const struct ms_mapped *blocks_of(const struct area *areas, size_t i)
{
	return ms_facts_mapped(areas[i].instance.facts) + areas[i].instance.facts->device_count;
}

/* The first service that asks for a block of this name may borrow it. */
static void lend(const struct area *areas, size_t count, size_t owner, const char *name, uint32_t object)
{
	for (size_t i = 0; i < count; i++) {
		const struct ms_mapped *wanted = blocks_of(areas, i);

		for (uint32_t k = 0; i != owner && k < areas[i].instance.facts->shared_count; k++) {
			if (wanted[k].number || strcmp(wanted[k].name, name))
				continue;
			add(i, object, TABLE_SHARED_READ | (wanted[k].flags & MANIFEST_WRITE ? TABLE_SHARED_WRITE : 0) | k << 8, 0);
			return;
		}
	}
}

/* Blocks end where a page does (windows.h). */
static void give_blocks(const struct area *areas, size_t count, size_t i, uint32_t *block, uint32_t *end)
{
	const struct ms_mapped *own_block = blocks_of(areas, i);

	for (uint32_t k = 0; k < areas[i].instance.facts->shared_count; k++) {
		uint32_t size = own_block[k].number, object = table_object(TABLE_SHARED, *block);

		if (!size || *block == TABLE_SHARED_MAX)
			continue;
		*end += (size + LAYOUT_PAGE - 1) / LAYOUT_PAGE * LAYOUT_PAGE;
		add(i, object, TABLE_SHARED_READ | TABLE_SHARED_WRITE | TABLE_SHARED_LEND | k << 8 | size / 32 << 16, *end - size);
		lend(areas, count, i, own_block[k].name, object);
		++*block;
	}
}

static int by_object(const void *left, const void *right)
{
	const struct table_rule *l = left, *r = right;

	return l->object < r->object ? -1 : l->object > r->object;
}

void simrules_init(const struct area *areas, size_t count)
{
	uint32_t endpoints = 0, block = 0, block_end = 0;

	for (size_t i = 0; i < count; i++) {
		own[i].count = 0;
		own[i].id = choose_id(areas[i].instance.facts, i);
		endpoints = provide(i, areas[i].instance.facts, endpoints);
	}
	for (size_t i = 0; i < count; i++) {
		call(areas, count, i);
		give_devices(i, areas[i].instance.facts);
		give_blocks(areas, count, i, &block, &block_end);
	}
	for (size_t i = 0; i < count; i++)
		qsort(own[i].rule, own[i].count, sizeof(own[i].rule[0]), by_object);
}

uint32_t simrules_id(size_t i)
{
	return own[i].id;
}

const struct table_rule *simrules_of(size_t i, uint32_t *count)
{
	*count = own[i].count;
	return own[i].rule;
}
