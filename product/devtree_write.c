/* SPDX-License-Identifier: Apache-2.0 */
/* The merged tree with what was decided: an owner or "disabled" for each device, and where the shared memory lies. */
#include "devtree.h"

#include <string.h>

#include <libfdt.h>

#include "device.h"

enum { ROOM_FOR_EACH = 256, PATH_SIZE = 512 };

struct writing { const struct device *device; struct arena *arena; void *fdt; int why; };

/* Sticky: after a failure nothing more is written. */
static void put(struct writing *w, const char *path, const char *property, const void *value, size_t size)
{
	int node = w->why ? -1 : fdt_path_offset(w->fdt, path);

	if (!w->why)
		w->why = node < 0 ? node : fdt_setprop(w->fdt, node, property, value, (int)size);
}

static void put_text(struct writing *w, const char *path, const char *property, const char *text)
{
	put(w, path, property, text, strlen(text) + 1);
}

static void put_numbers(struct writing *w, const char *path, const char *property, uint32_t first, uint32_t second)
{
	fdt32_t cells[2];

	fdt32_st(&cells[0], first);
	fdt32_st(&cells[1], second);
	put(w, path, property, cells, sizeof(cells));
}

/* A new node; its path. */
static const char *add(struct writing *w, const char *parent, const char *name)
{
	int node = w->why ? -1 : fdt_path_offset(w->fdt, parent);

	if (!w->why) {
		int added = node < 0 ? node : fdt_add_subnode(w->fdt, node, name);

		w->why = added < 0 ? added : 0;
	}
	return arena_printf(w->arena, "%s/%s", strcmp(parent, "/") ? parent : "", name);
}

static void put_device(struct writing *w, uint32_t i)
{
	const struct board_device *b = &w->device->board->devices[i];
	const struct devtree_device *d = &w->device->tree.devices[i];
	const char *owner = d->owner ? d->owner->name : b->console ? "kernel" : NULL;

	put_text(w, b->path, "status", owner ? "okay" : "disabled");
	if (owner)
		put_text(w, b->path, "ms,owner", owner);
}

/* What /chosen gives to the kernel. */
static void put_kernels(struct writing *w)
{
	static const char *const own[] = { "ms,clock", "ms,alarm", "ms,watchdog" };

	for (size_t i = 0; !w->why && i < sizeof(own) / sizeof(*own); i++) {
		int chosen = fdt_path_offset(w->fdt, "/chosen");
		const char *path = chosen < 0 ? NULL : fdt_getprop(w->fdt, chosen, own[i], NULL);

		/* Writing moves what it points to. */
		if (path)
			put_text(w, arena_printf(w->arena, "%s", path), "ms,owner", "kernel");
	}
}

static void put_block(struct writing *w, const char *parent, const struct device_block *b)
{
	const char *name = arena_string(w->arena, b->what->name);
	const char *path = add(w, parent, arena_printf(w->arena, "%s@%x", name, (unsigned)b->at.ram.base));

	put_text(w, path, "compatible", "ms,shared");
	put_numbers(w, path, "reg", b->at.ram.base, b->at.ram.size);
	put_text(w, path, "ms,owner", b->owner->name);
	if (b->borrower)
		put_text(w, path, "ms,borrower", b->borrower->name);
}

static void put_blocks(struct writing *w)
{
	const struct device *d = w->device;

	if (!d->block_count)
		return;
	const char *parent = add(w, "/", "reserved-memory");

	put(w, parent, "ranges", NULL, 0);
	put(w, parent, "#size-cells", "\0\0\0\1", 4);
	put(w, parent, "#address-cells", "\0\0\0\1", 4);
	for (uint32_t i = 0; i < d->block_count; i++)
		put_block(w, parent, &d->blocks[i]);
}

int devtree_write(const struct device *d, struct arena *a, struct bytes *blob, struct err *e)
{
	uint32_t room = fdt_totalsize(d->tree.fdt) + ROOM_FOR_EACH * (d->board->device_count + d->block_count + 8);
	struct writing w = { .device = d, .arena = a, .fdt = arena_take(a, room) };

	w.why = fdt_open_into(d->tree.fdt, w.fdt, (int)room);
	int symbols = w.why ? -1 : fdt_path_offset(w.fdt, "/__symbols__");

	/* Labels were for overlays. */
	if (symbols >= 0)
		w.why = fdt_del_node(w.fdt, symbols);
	for (uint32_t i = 0; i < d->board->device_count; i++)
		put_device(&w, i);
	put_kernels(&w);
	put_blocks(&w);
	if (!w.why)
		w.why = fdt_pack(w.fdt);
	if (w.why)
		return err_set(e, ERR_BOARD_TREE, "the device tree of this product cannot be written: %s", fdt_strerror(w.why));
	*blob = (struct bytes){ w.fdt, fdt_totalsize(w.fdt) };
	return MS_OK;
}
