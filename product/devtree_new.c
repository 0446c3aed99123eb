/* SPDX-License-Identifier: Apache-2.0 */
/* Hardware that an overlay would add: none can be, and what is wrong with it beyond that is the better answer. */
#include "devtree_parts.h"

#include <string.h>

#include <libfdt.h>

#include "device.h"

enum { SYSTEM_BASE = 0xe0000000u };	/* of the processor's own registers */

struct added { const struct merging *m; int node; const char *path; };

static uint32_t cells(const void *fdt, int node, const char *property, const fdt32_t **at)
{
	int size;

	*at = fdt_getprop(fdt, node, property, &size);
	return *at && size > 0 && size % 4 == 0 ? (uint32_t)size / 4 : 0;
}

static bool overlap(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size)
{
	return a < b ? b - a < a_size : a - b < b_size;
}

static int refuse(const struct added *n, const char *property, const char *fix, const char *why)
{
	return devtree_fail(n->m, ERR_OVERLAY_NEW, n->path, property, fix, "'%s' is new, and %s", n->path, why);
}

/* The device of the board that has some of these registers, or this interrupt. */
static int check_against(const struct added *n, const struct board_device *d)
{
	const struct merging *m = n->m;
	const fdt32_t *reg, *line;
	uint32_t reg_count = cells(m->fdt, n->node, "reg", &reg), line_count = cells(m->fdt, n->node, "interrupts", &line);
	const char *fix = arena_printf(m->arena, "speak of the device that is there: '%s { ... };'", devtree_reference(m->fdt, d->path ? d->path : "", m->arena));

	if (reg_count >= 2 && overlap(fdt32_ld(&reg[0]), fdt32_ld(&reg[1]), d->reg.base, d->reg.size))
		return refuse(n, "reg", fix, arena_printf(m->arena, "its registers overlap those of '%s' ('%s')", d->name, d->path));
	for (uint32_t i = 0; i < line_count; i++)
		if (fdt32_ld(&line[i]) - d->line < d->line_count)
			return refuse(n, "interrupts", fix, arena_printf(m->arena, "its interrupt %u is that of '%s' ('%s')", (unsigned)fdt32_ld(&line[i]), d->name, d->path));
	return MS_OK;
}

static int check_window(const struct added *n)
{
	const struct board *b = n->m->device->board;
	const fdt32_t *reg;

	if (cells(n->m->fdt, n->node, "reg", &reg) < 2)
		return refuse(n, NULL, "take it out", "says no 'reg'");
	uint32_t base = fdt32_ld(&reg[0]), size = fdt32_ld(&reg[1]);
	bool in_ram = overlap(base, size, b->ram.base, b->ram.size), in_flash = overlap(base, size, b->flash.base, b->flash.size);

	if (in_ram || in_flash || base >= SYSTEM_BASE || size > SYSTEM_BASE - base)
		return refuse(n, "reg", "take it out: a service gets memory by 'shared' in its ms.yaml",
			      arena_printf(n->m->arena, "its 'reg' lies in %s, where no device can be", in_ram ? "RAM" : in_flash ? "flash" : "the processor's own registers"));
	return MS_OK;
}

/* The device of the board that says the same `compatible`, or NULL. */
static const struct board_device *kin(const struct added *n)
{
	int size;
	const char *text = fdt_getprop(n->m->fdt, n->node, "compatible", &size);
	const struct board *b = n->m->device->board;

	for (uint32_t i = 0; text && i < b->device_count; i++)
		if (b->devices[i].compatible[0] && fdt_stringlist_contains(text, size, b->devices[i].compatible))
			return &b->devices[i];
	return NULL;
}

/* What is connected to a device is for its driver to know: nothing here reads it. */
static int check_part(const struct added *n)
{
	const struct board *b = n->m->device->board;

	for (uint32_t i = 0; i < b->device_count; i++) {
		size_t size = b->devices[i].path ? strlen(b->devices[i].path) : 0;

		if (size && !strncmp(n->path, b->devices[i].path, size) && n->path[size] == '/')
			return refuse(n, NULL, "take it out: what is connected to a device stands in its driver's source",
				      arena_printf(n->m->arena, "nothing reads a part of '%s'", b->devices[i].name));
	}
	return MS_OK;
}

static int check_kind(const struct added *n)
{
	const struct board *b = n->m->device->board;
	const struct board_device *like = kin(n);

	if (!like)
		return refuse(n, "compatible", "'ms board show' lists the devices of the board", arena_printf(n->m->arena, "no device of %s is compatible with what it says", b->name));
	if (like->line_count && !fdt_getprop(n->m->fdt, n->node, "interrupts", NULL))
		return refuse(n, NULL, "take it out", arena_printf(n->m->arena, "says no 'interrupts', of which '%s', a device like it, has %u", like->name, (unsigned)like->line_count));
	return MS_OK;
}

int devtree_refuse_new(const struct merging *m, int node, const char *path)
{
	const struct added n = { m, node, path };
	const struct board *b = m->device->board;
	int rc = check_part(&n);

	for (uint32_t i = 0; rc >= 0 && i < b->device_count; i++)
		rc = check_against(&n, &b->devices[i]);
	if (rc >= 0)
		rc = check_window(&n);
	if (rc >= 0)
		rc = check_kind(&n);
	if (rc < 0)
		return rc;
	return refuse(&n, NULL, "hardware is added to the board (docs/porting.md), not to a product",
		      arena_printf(m->arena, "the runtime of %s was compiled without it", b->name));
}
