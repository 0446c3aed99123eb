/* SPDX-License-Identifier: Apache-2.0 */
/* The devices of a board: the nodes that /aliases names, but for those that the runtime keeps. */
#include "board_device.h"

#include <string.h>

#include <libfdt.h>

enum { DEVICE_NAME_MAX = 31, DEVICE_LINE_MAX = 480, QEMU_SERIAL_MAX = 15 };

/* Letters, digits and '-', as services will write it. */
static bool name_ok(const char *name)
{
	size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return size > 0 && size <= DEVICE_NAME_MAX && name[size] == '\0';
}

/* The lines of one device follow each other. */
static void read_lines(struct tree *t, int node, struct board_device *d)
{
	int size;

	if (!fdt_getprop(t->fdt, node, "interrupts", &size))
		return;
	d->line = tree_cell(t, node, "interrupts", 0);
	d->line_count = (uint32_t)size / 4;
	for (uint32_t i = 0; i < d->line_count; i++)
		if (tree_cell(t, node, "interrupts", i) != d->line + i)
			tree_fail(t, node, "has 'interrupts' that do not follow each other");
	if (d->line > DEVICE_LINE_MAX || d->line_count > DEVICE_LINE_MAX - d->line)
		tree_fail(t, node, "has 'interrupts' above %d", DEVICE_LINE_MAX);
}

/* `ms,setup` and `ms,ready` are made of <address mask value>: change these bits; wait until they are so. */
static void read_steps(struct tree *t, int node, const char *property, bool wait, struct board_device *d)
{
	int size;

	if (t->rc < 0 || !fdt_getprop(t->fdt, node, property, &size))
		return;
	uint32_t cells = (uint32_t)size / 4;

	if (size % 12)
		tree_fail(t, node, "has a '%s' that is not made of <address mask value>", property);
	for (uint32_t i = 0; i + 2 < cells; i += 3) {
		struct board_step s = {
			tree_cell(t, node, property, i), tree_cell(t, node, property, i + 1), tree_cell(t, node, property, i + 2), wait
		};

		if (s.address % 4)
			tree_fail(t, node, "has a '%s' with an address that is not aligned", property);
		if (s.value & ~s.mask)
			tree_fail(t, node, "has a '%s' with a value that has bits outside its mask", property);
		if (d->step_count == BOARD_STEP_MAX)
			tree_fail(t, node, "has more than %d steps in 'ms,setup' and 'ms,ready'", BOARD_STEP_MAX);
		else
			d->step[d->step_count++] = s;
	}
}

static bool is_chosen(struct tree *t, int node, const char *property)
{
	return tree_chosen(t, property) == node;
}

static bool apart(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size)
{
	return a < b ? a_size <= b - a : b_size <= a - b;
}

static bool share_lines(const struct board_device *a, const struct board_device *b)
{
	return a->line_count && b->line_count && !apart(a->line, a->line_count, b->line, b->line_count);
}

/* The lines that stay with the runtime: a service that got one could stop the clock. */
static void check_runtime_lines(struct tree *t, int node, const struct board_device *d)
{
	static const char *const own[] = { "ms,clock", "ms,alarm", "stdout-path" };

	for (size_t i = 0; i < sizeof(own) / sizeof(*own) && t->rc == MS_OK; i++) {
		struct board_device other = { 0 };
		int kept = tree_chosen(t, own[i]);

		read_lines(t, kept, &other);
		if (kept != node && share_lines(d, &other))
			tree_fail(t, node, "has an interrupt line that is the runtime's ('%s')", own[i]);
	}
}

/* A service's device is nobody else's, and no memory. */
static void check_alone(struct tree *t, int node, const struct board *b, const struct board_device *d)
{
	if (!apart(d->reg.base, d->reg.size, b->ram.base, b->ram.size) || !apart(d->reg.base, d->reg.size, b->flash.base, b->flash.size))
		tree_fail(t, node, "has a 'reg' that lies in flash or RAM");
	for (const struct board_device *other = b->devices; other < d; other++) {
		if (!apart(d->reg.base, d->reg.size, other->reg.base, other->reg.size))
			tree_fail(t, node, "has a 'reg' that overlaps that of '%s'", other->name);
		if (share_lines(d, other))
			tree_fail(t, node, "has an interrupt line of '%s'", other->name);
	}
	check_runtime_lines(t, node, d);
}

static const char *driver_of(const char *compatible)
{
	static const struct { const char *compatible, *service; } drivers[] = {
#define BOARD_DRIVER(compatible, service) { compatible, service },
#include "board_drivers.def"
#undef BOARD_DRIVER
	};

	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++)
		if (!strcmp(drivers[i].compatible, compatible))
			return drivers[i].service;
	return NULL;
}

/* What others get their clocks, resets, pins and transfers from is the kernel's: by it a service would reach all. */
static void refuse_masters(struct tree *t, int node)
{
	static const char *const kinds[] = { "#clock-cells", "#reset-cells", "#dma-cells", "dmas", "#pinctrl-cells" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds) && t->rc == MS_OK; i++)
		if (fdt_getprop(t->fdt, node, kinds[i], NULL))
			tree_fail(t, node, "has '%s' and cannot be in /aliases: clocks, resets, pins and masters of the bus stay with the runtime", kinds[i]);
}

/* Of the emulator's serial lines the first is the console's, and each uart... has the next, unless the tree says otherwise. */
static uint32_t read_serial(struct tree *t, int node, const struct board *b, bool console)
{
	uint32_t serial = !console;

	if (t->rc == MS_OK && fdt_getprop(t->fdt, node, "ms,qemu-serial", NULL)) {
		serial = tree_number(t, node, "ms,qemu-serial");
		if (serial > QEMU_SERIAL_MAX)
			tree_fail(t, node, "has an 'ms,qemu-serial' above %d", QEMU_SERIAL_MAX);
		return serial;
	}
	for (uint32_t i = 0; !console && i < b->device_count; i++)
		serial += !strncmp(b->devices[i].name, "uart", 4) && !b->devices[i].console;
	return serial;
}

static void read_device(struct tree *t, int aliases, int property, const struct board *b, struct board_device *d)
{
	const char *path = fdt_getprop_by_offset(t->fdt, property, &d->name, NULL);
	int node = path ? tree_node(t, tree_text(t, aliases, d->name)) : -1;
	const char *status;

	if (t->rc < 0 || node < 0) {
		tree_fail(t, aliases, "has a property that cannot be read");
		return;
	}
	if (!name_ok(d->name))
		tree_fail(t, aliases, "has the name '%s', which is not 1 to %d of a-z, 0-9 and -", d->name, DEVICE_NAME_MAX);
	d->reg = tree_reg(t, node);
	if (t->rc == MS_OK && !region_legal(b->mpu, d->reg.base, d->reg.size))
		tree_fail(t, node, "has a 'reg' that the memory protection cannot cover exactly");
	if (is_chosen(t, node, "ms,clock") || is_chosen(t, node, "ms,alarm"))
		tree_fail(t, node, "is the runtime's own and cannot be in /aliases");
	refuse_masters(t, node);
	d->console = t->rc == MS_OK && is_chosen(t, node, "stdout-path");
	d->compatible = t->rc == MS_OK && fdt_getprop(t->fdt, node, "compatible", NULL) ? tree_text(t, node, "compatible") : "";
	d->driver = driver_of(d->compatible);
	d->path = tree_text(t, aliases, d->name);
	status = t->rc == MS_OK && fdt_getprop(t->fdt, node, "status", NULL) ? tree_text(t, node, "status") : "okay";
	d->disabled = strcmp(status, "okay") != 0;
	d->serial = read_serial(t, node, b, d->console);
	read_lines(t, node, d);
	read_steps(t, node, "ms,setup", false, d);
	read_steps(t, node, "ms,ready", true, d);
	if (t->rc == MS_OK)
		check_alone(t, node, b, d);
}

static void read_console(struct tree *t, struct board *b)
{
	int node = tree_chosen(t, "stdout-path");

	b->console.serial = read_serial(t, node, b, true);
	read_steps(t, node, "ms,setup", false, &b->console);
	read_steps(t, node, "ms,ready", true, &b->console);
}

static uint32_t alarm_line(struct tree *t)
{
	int chosen = t->rc < 0 ? -1 : fdt_path_offset(t->fdt, "/chosen");
	int node = chosen >= 0 && fdt_getprop(t->fdt, chosen, "ms,alarm", NULL) ? tree_chosen(t, "ms,alarm") : -1;

	return node >= 0 && fdt_getprop(t->fdt, node, "interrupts", NULL) ? tree_cell(t, node, "interrupts", 0) : UINT32_MAX;
}

void board_devices_read(struct tree *t, struct board *b)
{
	int property, aliases = t->rc < 0 ? -1 : fdt_path_offset(t->fdt, "/aliases");

	b->alarm_line = alarm_line(t);
	read_console(t, b);
	if (aliases < 0)
		return;
	fdt_for_each_property_offset(property, t->fdt, aliases) {
		if (b->device_count == BOARD_DEVICE_MAX) {
			tree_fail(t, aliases, "has more than %d devices", BOARD_DEVICE_MAX);
			return;
		}
		read_device(t, aliases, property, b, &b->devices[b->device_count]);
		if (t->rc < 0)
			return;
		b->device_count++;
	}
}

const struct board_device *board_device_find(const struct board *b, const char *name)
{
	for (uint32_t i = 0; i < b->device_count; i++)
		if (!strcmp(b->devices[i].name, name))
			return &b->devices[i];
	return NULL;
}
