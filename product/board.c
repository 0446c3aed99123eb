/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include <string.h>

#include <libfdt.h>

#include "board_device.h"
#include "board_limits.h"
#include "board_probe.h"
#include "file.h"
#include "target.h"

enum { DTB_SIZE_MAX = 1 << 20 };

static const char *const part_names[BOARD_PART_COUNT] = {
	[BOARD_RUNTIME] = "runtime", [BOARD_PROVISION] = "provision", [BOARD_TABLE_A] = "table-a",
	[BOARD_TABLE_B] = "table-b", [BOARD_SERVICES] = "services",
};

const char *board_part_name(enum board_part part)
{
	return part_names[part];
}

static bool inside(const struct board_window *w, const struct board_window *all)
{
	return w->base >= all->base && w->base - all->base <= all->size && w->size <= all->size - (w->base - all->base);
}

static bool apart(const struct board_window *a, const struct board_window *b)
{
	return a->base < b->base ? a->size <= b->base - a->base : b->size <= a->base - b->base;
}

/* The name is the first "compatible" without its maker: "arm,mps2-an386". */
static void read_root(struct tree *t, struct board *b)
{
	int root = tree_node(t, "/");
	const char *compatible = tree_text(t, root, "compatible"), *comma = strchr(compatible, ',');
	const char *target = tree_text(t, root, "ms,target");

	b->name = comma ? comma + 1 : compatible;
	b->description = tree_text(t, root, "model");
	b->target = target_number((struct bytes){ (const uint8_t *)target, strlen(target) });
	if (t->rc == MS_OK && !b->target)
		tree_fail(t, root, "names the target '%s', which is not known", target);
	if (t->rc == MS_OK && fdt_getprop(t->fdt, root, "ms,qemu-machine", NULL))
		b->qemu_machine = tree_text(t, root, "ms,qemu-machine");
}

/* "arm,cortex-m4f" is a "cortex-m4f"; without regions of memory protection there is none. */
static void read_processor(struct tree *t, struct board *b)
{
	int cpu = tree_node(t, "/cpus/cpu@0");
	const char *compatible = tree_text(t, cpu, "compatible"), *comma = strchr(compatible, ',');

	b->processor = comma ? comma + 1 : compatible;
	b->cpu_hz = tree_number(t, cpu, "clock-frequency");
	b->mpu_regions = tree_number(t, cpu, "arm,num-mpu-regions");
	b->mpu = b->mpu_regions ? region_kind(b->target) : MPU_NONE;
	if (b->mpu_regions && b->mpu_regions != 8 && b->mpu_regions != 16)
		tree_fail(t, cpu, "has a 'arm,num-mpu-regions' that is not 0, 8 or 16");
}

/* What of RAM is left for the runtime: the part below the services', or above. */
static struct board_window rest(const struct board_window *ram, const struct board_window *services)
{
	uint32_t below = services->base - ram->base, above = ram->size - below - services->size;

	return below >= above ? (struct board_window){ ram->base, below }
			      : (struct board_window){ services->base + services->size, above };
}

static void read_memory(struct tree *t, struct board *b)
{
	int flash = tree_compatible(t, "ms,flash"), services = tree_compatible(t, "ms,services-ram");
	int ram = t->rc < 0 ? -1 : fdt_node_offset_by_prop_value(t->fdt, -1, "device_type", "memory", sizeof("memory"));

	if (t->rc == MS_OK && ram < 0)
		tree_fail(t, -1, "has no child with the device_type 'memory'");
	b->flash = tree_reg(t, flash);
	b->erase_size = tree_number(t, flash, "erase-block-size");
	b->ram = tree_reg(t, ram);
	b->services_ram = tree_reg(t, services);
	if (t->rc < 0)
		return;

	if (b->erase_size == 0 || b->erase_size & (b->erase_size - 1))
		tree_fail(t, flash, "has an 'erase-block-size' that is no power of two");
	if (!inside(&b->services_ram, &b->ram))
		tree_fail(t, services, "lies outside the memory");
	b->runtime_ram = rest(&b->ram, &b->services_ram);
	if (b->runtime_ram.size == 0)
		tree_fail(t, services, "leaves no RAM to the runtime");
}

static int find_part(const struct tree *t, int parent, const char *label)
{
	int node;

	fdt_for_each_subnode(node, t->fdt, parent) {
		int size;
		const char *text = fdt_getprop(t->fdt, node, "label", &size);

		if (text && size == (int)strlen(label) + 1 && !memcmp(text, label, (size_t)size))
			return node;
	}
	return -1;
}

static void read_part(struct tree *t, int parent, enum board_part part, struct board *b)
{
	int node = find_part(t, parent, part_names[part]);

	if (node < 0) {
		tree_fail(t, parent, "has no child with the label '%s'", part_names[part]);
		return;
	}
	b->part[part] = tree_reg(t, node);
	if (t->rc < 0)
		return;

	struct board_window offset = { b->part[part].base - b->flash.base, b->part[part].size };
	if (!inside(&b->part[part], &b->flash))
		tree_fail(t, node, "lies outside the flash");
	if (offset.base % b->erase_size || offset.size % b->erase_size)
		tree_fail(t, node, "is not whole erase blocks");
	for (int other = 0; other < (int)part; other++)
		if (!apart(&b->part[other], &b->part[part]))
			tree_fail(t, node, "overlaps '%s'", part_names[other]);
}

int board_read(struct bytes dtb, const char *path, struct arena *a, struct board *out, struct err *e)
{
	struct board b = { 0 };
	struct tree t;

	int rc = tree_open(&t, dtb, path, a, e);
	if (rc < 0)
		return rc;

	read_root(&t, &b);
	read_processor(&t, &b);
	read_memory(&t, &b);
	int parts = tree_node(&t, "/partitions");
	for (int i = 0; i < BOARD_PART_COUNT && t.rc == MS_OK; i++)
		read_part(&t, parts, (enum board_part)i, &b);
	board_devices_read(&t, &b);
	board_limits_read(&t, &b);
	board_probe_read(&t, &b);
	b.dtb = (struct bytes){ t.fdt, dtb.size };
	if (t.rc == MS_OK)
		*out = b;
	return t.rc;
}

int board_open(const char *path, struct arena *a, struct board *out, struct err *e)
{
	struct bytes dtb;

	int rc = file_read(path, DTB_SIZE_MAX, a, &dtb, e);
	if (rc < 0)
		return rc;

	return board_read(dtb, path, a, out, e);
}
