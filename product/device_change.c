/* SPDX-License-Identifier: Apache-2.0 */
#include "device_change.h"

#include <string.h>

/* A quarter more than it needs now.  In flash a power of two: on a multiple of that any smaller extent may begin (region.h). */
static uint32_t flash_room(uint32_t size)
{
	uint32_t room = 1024;

	while (room < size + size / 4)
		room *= 2;
	return room;
}

void device_keep_room(struct device_service *s, const struct device_service *before)
{
	struct image im;

	if (image_decode(s->image, &im) < 0)
		return;
	uint32_t ram = image_ram_size(&im);

	s->flash_room = before && before->flash_room >= im.image_size ? before->flash_room : flash_room(im.image_size);
	s->ram_room = before && before->ram_room >= ram ? before->ram_room : ram + ram / 4;
}

static struct bytes part_of(const struct device_state *d, enum board_part part)
{
	const struct board *b = d->device->board;

	return bytes_part(d->flash, b->part[part].base - b->flash.base, b->part[part].size);
}

static bool same_part(const struct device_state *from, const struct device_state *to, enum board_part part)
{
	return bytes_equal(part_of(from, part), part_of(to, part));
}

static bool open_table(const struct device_state *d, struct table *out)
{
	struct bytes bank = part_of(d, BOARD_TABLE_A);
	uint32_t span;

	return table_span(bank, (uint32_t)bank.size, &span) == MS_OK &&
	       table_decode((struct bytes){ bank.at, span - COSE_BLOCK_SIZE }, d->device->board->mpu, out) == MS_OK;
}

/* What follows the entries: rules, then names. */
static bool same_rules(const struct table *from, const struct table *to)
{
	size_t at = TABLE_HEADER_SIZE + from->entry_count * (size_t)TABLE_ENTRY_SIZE;

	return bytes_equal(bytes_part(from->raw, at, from->raw.size), bytes_part(to->raw, at, to->raw.size));
}

static bool same_rights(const struct table_entry *from, const struct table_entry *to)
{
	return from->flags == to->flags && from->priority == to->priority && from->ceiling == to->ceiling &&
	       from->quantum_msec == to->quantum_msec && from->restart == to->restart && from->restart_limit == to->restart_limit &&
	       from->backoff_msec == to->backoff_msec && from->rule_first == to->rule_first && from->rule_count == to->rule_count;
}

static const struct device_service *service_of(const struct device *d, uint32_t id)
{
	const struct device_service *s = d->services;

	while (s->id != id)
		s++;
	return s;
}

/* The first that has outgrown its room, which moves others, too. */
static const char *outgrown(const struct device *from, const struct device *to, struct arena *a)
{
	for (uint32_t i = 0; i < to->service_count; i++) {
		const struct device_service *was = &from->services[i], *is = &to->services[i];

		if (is->flash_room > was->flash_room)
			return arena_printf(a, "'%s' needs more flash than was kept for it", is->name);
		if (is->ram_room > was->ram_room || is->at.ram.size > was->at.ram.size)
			return arena_printf(a, "'%s' needs more RAM than was kept for it", is->name);
	}
	return NULL;
}

static bool moved(const struct layout_item *from, const struct layout_item *to)
{
	return from->flash.base != to->flash.base || from->ram.base != to->ram.base || from->ram.size != to->ram.size;
}

static const char *compare_entry(const struct device *from, const struct device *to, const struct table_entry *was, const struct table_entry *is, struct arena *a)
{
	if (was->id != is->id || !bytes_equal(was->name, is->name))
		return "the services are others";
	if (!same_rights(was, is))
		return arena_printf(a, "the rights of '%s' have changed", service_of(to, is->id)->name);
	return moved(&service_of(from, was->id)->at, &service_of(to, is->id)->at) ? arena_printf(a, "'%s' has another place", service_of(to, is->id)->name) : NULL;
}

const char *device_change(const struct device_state *from, const struct device_state *to, struct arena *a, bool changed[])
{
	struct table was, is;
	const char *why = NULL;

	if (!same_part(from, to, BOARD_RUNTIME) || !same_part(from, to, BOARD_PROVISION))
		return "the runtime, or the key that it believes, is another";
	if (!open_table(from, &was) || !open_table(to, &is) || was.entry_count != is.entry_count)
		return "the services are others";
	for (uint32_t i = 0; i < to->device->service_count; i++)
		if (from->device->services[i].id != to->device->services[i].id)
			return "the services are others";
	why = outgrown(from->device, to->device, a);
	for (uint32_t i = 0; i < is.entry_count && !why; i++) {
		struct table_entry old, new;

		table_entry(&was, i, &old);
		table_entry(&is, i, &new);
		why = compare_entry(from->device, to->device, &old, &new, a);
		if (!why)
			changed[service_of(to->device, new.id) - to->device->services] = memcmp(old.sha256, new.sha256, 32) != 0;
	}
	if (!why && (!same_rules(&was, &is) || was.policies != is.policies))
		why = "what services may do has changed";
	return why;
}
