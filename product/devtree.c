/* SPDX-License-Identifier: Apache-2.0 */
#include "devtree_parts.h"

#include <stdarg.h>
#include <string.h>

#include <libfdt.h>

#include "device.h"
#include "rulebook.h"

enum { PATH_SIZE = 512, ROOM = 4096 };

const char *devtree_path(const void *fdt, int node, struct arena *a)
{
	char path[PATH_SIZE];

	return fdt_get_path(fdt, node, path, sizeof(path)) < 0 ? NULL : arena_printf(a, "%s", path);
}

const char *devtree_reference(const void *fdt, const char *path, struct arena *a)
{
	int property, symbols = fdt_path_offset(fdt, "/__symbols__");

	if (symbols < 0)
		return arena_printf(a, "&{%s}", path);
	fdt_for_each_property_offset(property, fdt, symbols) {
		int size;
		const char *label, *text = fdt_getprop_by_offset(fdt, property, &label, &size);

		if (text && size == (int)strlen(path) + 1 && !memcmp(text, path, (size_t)size))
			return arena_printf(a, "&%s", label);
	}
	return arena_printf(a, "&{%s}", path);
}

int devtree_fail(const struct merging *m, int code, const char *node, const char *property, const char *fix, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_set(m->e, code, "the overlay '%s': %s", m->overlay->name, arena_vprintf(m->arena, format, args));
	va_end(args);
	err_fix(m->e, "%s", fix);
	return overlay_err(m->overlay, node, property, m->arena, m->e);
}

/* Who owns what was decided by the rules. */
static void find_owners(const struct device *d, const struct rulebook *rules, struct devtree *out)
{
	for (uint32_t i = 0; i < rules->count; i++) {
		uint32_t number = rules->at[i].object - table_object(TABLE_DEVICE, 0);

		for (uint32_t k = 0; number < d->board->device_count && k < d->service_count; k++)
			if (d->services[k].id == rules->at[i].service)
				out->devices[number].owner = &d->services[k];
	}
}

void devtree_tell(const struct devtree *t, struct rulebook *rules)
{
	for (uint32_t i = 0; i < rules->count; i++) {
		uint32_t number = rules->at[i].object - table_object(TABLE_DEVICE, 0);

		if (number < BOARD_DEVICE_MAX)
			rules->at[i].argument |= t->devices[number].speed << 8;
	}
}

static int apply(struct merging *m, const struct overlay *o)
{
	struct bytes before = arena_copy(m->arena, (struct bytes){ m->fdt, fdt_totalsize(m->fdt) });
	void *copy = (void *)(uintptr_t)arena_copy(m->arena, o->blob).at;

	m->overlay = o;
	int why = fdt_overlay_apply(m->fdt, copy);
	if (why)
		return devtree_fail(m, ERR_OVERLAY, "/", NULL, "look at its references", "it cannot be merged: %s", fdt_strerror(why));
	return devtree_judge(m, before.at);
}

/* The device that a node is, or is a part of; device_count: none. */
static uint32_t device_of(const struct board *b, const char *path)
{
	uint32_t i = 0;

	for (; i < b->device_count; i++) {
		size_t size = b->devices[i].path ? strlen(b->devices[i].path) : 0;

		if (size && !strncmp(path, b->devices[i].path, size) && (!path[size] || path[size] == '/'))
			break;
	}
	return i;
}

static bool asks_for(const struct device_service *s, const char *name)
{
	struct bytes wanted = { (const uint8_t *)name, strlen(name) };

	for (uint32_t i = 0; i < s->manifest->device_count; i++)
		if (bytes_equal(s->manifest->devices[i].name, wanted))
			return true;
	return false;
}

/* How many parts of a driver's overlay are about devices that its service owns; a device that it does not even ask for is an attack, or a mistake. */
static int count_owned(struct merging *m, const struct device_service *s, const struct overlay *o, uint32_t *owned)
{
	const struct board *b = m->device->board;

	m->overlay = o;
	*owned = 0;
	for (uint32_t i = 0; i < o->fragment_count; i++) {
		const char *target = o->fragments[i].target;
		uint32_t number = device_of(b, target);

		if (number == b->device_count || !asks_for(s, b->devices[number].name))
			return devtree_fail(m, ERR_OVERLAY_FOREIGN, target, NULL, "its author must take it out, or ask for the device in ms.yaml",
					    "it came with '%s' and is about '%s', which that service does not ask for", s->name, target);
		*owned += m->out->devices[number].owner == s;
	}
	return MS_OK;
}

static int apply_driver(struct merging *m, const struct device_service *s, struct overlay *o)
{
	int size = 0;
	const void *compatible = fdt_getprop(m->device->board->dtb.at, 0, "compatible", &size);
	uint32_t owned;

	if (!overlay_fits(o, (struct bytes){ compatible, compatible ? (size_t)size : 0 }))
		return MS_OK;
	int rc = overlay_resolve(o, m->fdt, m->arena, m->e);
	if (rc >= 0)
		rc = count_owned(m, s, o, &owned);
	if (rc < 0 || !owned)
		return rc;
	if (owned < o->fragment_count)
		return devtree_fail(m, ERR_OVERLAY_FOREIGN, o->fragments[0].target, NULL, "grant all of them or none; or let its author write a file for each device",
				    "it came with '%s' and is about several devices, of which that is granted some only", s->name);
	return apply(m, o);
}

static int apply_own(struct merging *m, struct overlay *o)
{
	int size = 0;
	const void *compatible = fdt_getprop(m->device->board->dtb.at, 0, "compatible", &size);

	m->overlay = o;
	if (!overlay_fits(o, (struct bytes){ compatible, compatible ? (size_t)size : 0 }))
		return devtree_fail(m, ERR_OVERLAY_TARGET, "/", "compatible", "take it out of 'overlays', or change its 'compatible'", "it is for other boards than %s",
				    m->device->board->name);
	int rc = overlay_resolve(o, m->fdt, m->arena, m->e);
	return rc < 0 ? rc : apply(m, o);
}

static int refuse_off(const struct merging *m, const struct board_device *b, const struct devtree_device *d)
{
	const char *reference = devtree_reference(m->fdt, b->path, m->arena);

	if (d->said == DEVTREE_OFF)
		return devtree_fail(m, ERR_DEVICE_OFF, b->path, "status", "take the line out, or the device out of the grants", "'%s' is disabled, and granted to '%s'",
				    b->name, d->owner->name);
	err_set(m->e, ERR_DEVICE_OFF, "'%s' is granted '%s', which is disabled on %s", d->owner->name, b->name, m->device->board->name);
	err_fix(m->e, "if it is connected, say so in an overlay of the product: '%s { status = \"okay\"; };'", reference);
	return d->owner->granted_at ? schema_err(d->owner->granted_at, arena_printf(m->arena, "%s.grants.devices", d->owner->entry), m->e) : m->e->code;
}

/* What is in use has one owner; that it has no two, the rules have seen to. */
static int check_device(struct merging *m, uint32_t i)
{
	const struct board_device *b = &m->device->board->devices[i];
	const struct devtree_device *d = &m->out->devices[i];

	m->overlay = d->said_by;
	if (d->owner && (d->said == DEVTREE_OFF || (d->said == DEVTREE_UNSAID && b->disabled)))
		return refuse_off(m, b, d);
	if (!d->owner && d->said == DEVTREE_ON && !b->console)
		return devtree_fail(m, ERR_DEVICE_ORPHAN, b->path, "status", arena_printf(m->arena, "grant it to a service ('ms product grant SERVICE %s'), or take the line out", b->name),
				    "'%s' is enabled, and no service is granted it", b->name);
	m->overlay = d->speed_by;
	if (!d->owner && d->speed && b->console)
		return devtree_fail(m, ERR_OVERLAY_FACT, b->path, "current-speed", "take the line out, or grant the console to a service",
				    "'%s' is the kernel's console, whose speed the runtime was compiled with", b->name);
	return MS_OK;
}

/* A pin that both devices have, or NULL. */
static const char *shared_pin(const struct merging *m, uint32_t i, uint32_t k)
{
	const struct board_device *b = m->device->board->devices;
	int first = fdt_path_offset(m->fdt, b[i].path), second = fdt_path_offset(m->fdt, b[k].path), size;
	const char *others = second < 0 ? NULL : fdt_getprop(m->fdt, second, "pins", &size);
	int count = first < 0 || !others ? 0 : fdt_stringlist_count(m->fdt, first, "pins");

	for (int pin = 0; pin < count; pin++) {
		const char *name = fdt_stringlist_get(m->fdt, first, "pins", pin, NULL);

		if (name && fdt_stringlist_contains(others, size, name))
			return name;
	}
	return NULL;
}

/* The console is in use, whosever it is. */
static bool in_use(const struct merging *m, uint32_t i)
{
	return m->out->devices[i].owner || m->device->board->devices[i].console;
}

static int check_pins(struct merging *m, uint32_t i)
{
	const struct board_device *b = m->device->board->devices;
	const struct devtree_device *d = m->out->devices;

	for (uint32_t k = 0; in_use(m, i) && k < i; k++) {
		const char *pin = in_use(m, k) ? shared_pin(m, i, k) : NULL;
		uint32_t said = d[i].said_by ? i : k;

		if (!pin)
			continue;
		err_set(m->e, ERR_PINS_TWICE, "'%s' ('%s') and '%s' ('%s') both need the pin %s", b[k].name, b[k].path, b[i].name, b[i].path, pin);
		err_fix(m->e, "grant one of them only, or another device of the kind");
		return d[said].said_by ? overlay_err(d[said].said_by, b[said].path, "status", m->arena, m->e) : m->e->code;
	}
	return MS_OK;
}

static uint32_t room_for(const struct device *d)
{
	uint32_t room = (uint32_t)d->board->dtb.size + ROOM;

	for (uint32_t i = 0; i < d->service_count; i++)
		for (uint32_t k = 0; k < d->services[i].overlay_count; k++)
			room += (uint32_t)d->services[i].overlays[k].blob.size;
	for (uint32_t k = 0; k < d->overlay_count; k++)
		room += (uint32_t)d->overlays[k].blob.size;
	return room;
}

static int merge(struct merging *m)
{
	const struct device *d = m->device;
	int rc = MS_OK;

	for (uint32_t i = 0; i < d->service_count; i++)
		for (uint32_t k = 0; rc >= 0 && k < d->services[i].overlay_count; k++)
			rc = apply_driver(m, &d->services[i], &d->services[i].overlays[k]);
	for (uint32_t k = 0; rc >= 0 && k < d->overlay_count; k++)
		rc = apply_own(m, &d->overlays[k]);
	for (uint32_t i = 0; rc >= 0 && i < d->board->device_count; i++)
		rc = check_device(m, i);
	for (uint32_t i = 0; rc >= 0 && i < d->board->device_count; i++)
		rc = check_pins(m, i);
	return rc;
}

int devtree_merge(const struct device *d, const struct rulebook *rules, struct arena *a, struct devtree *out, struct err *e)
{
	struct merging m = { .device = d, .arena = a, .e = e, .out = out };
	uint32_t room = room_for(d);

	*out = (struct devtree){ 0 };
	find_owners(d, rules, out);
	if (!d->board->dtb.size)
		return MS_OK;
	m.fdt = arena_take(a, room);
	int why = fdt_open_into(d->board->dtb.at, m.fdt, (int)room);
	if (why)
		return err_set(e, ERR_BOARD_TREE, "the device tree of %s cannot be used: %s", d->board->name, fdt_strerror(why));
	out->fdt = m.fdt;
	return merge(&m);
}
