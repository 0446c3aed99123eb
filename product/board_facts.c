/* SPDX-License-Identifier: Apache-2.0 */
/* What the runtime of a board is compiled and linked with, written from the board's device tree. */
#include "board.h"

#include <string.h>

#include <libfdt.h>

#include "board_limits.h"

struct facts { struct tree tree; struct text text; };

static void fact(struct facts *f, const char *name, const char *suffix, uint32_t value)
{
	text_add(&f->text, f->tree.a, "#define BOARD_");
	for (const char *p = name; *p; p++)
		text_add(&f->text, f->tree.a, "%c", *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	text_add(&f->text, f->tree.a, "%s 0x%x\n", suffix, (unsigned)value);
}

static void window(struct facts *f, const char *name, struct board_window w)
{
	fact(f, name, "_BASE", w.base);
	fact(f, name, "_SIZE", w.size);
}

/* What a node has of `interrupts`: the first and the last; a board whose console has but one finds it under both names. */
static void lines(struct facts *f, int node, const char *name, const char *first, const char *last)
{
	int size;

	if (f->tree.rc < 0 || !fdt_getprop(f->tree.fdt, node, "interrupts", &size))
		return;
	fact(f, name, first, tree_cell(&f->tree, node, "interrupts", 0));
	if (last)
		fact(f, name, last, tree_cell(&f->tree, node, "interrupts", (uint32_t)size / 4 - 1));
}

static bool is_chosen(struct facts *f, const char *property)
{
	int chosen = tree_node(&f->tree, "/chosen");

	return f->tree.rc == MS_OK && fdt_getprop(f->tree.fdt, chosen, property, NULL);
}

static void timer(struct facts *f, const char *name, const char *property)
{
	int node = tree_chosen(&f->tree, property);

	fact(f, name, "_BASE", tree_reg(&f->tree, node).base);
	lines(f, node, name, "_IRQ", NULL);
	fact(f, name, "_HZ", tree_number(&f->tree, node, "clock-frequency"));
}

/* A board need not have one. */
static void watchdog(struct facts *f)
{
	if (!is_chosen(f, "ms,watchdog"))
		return;
	timer(f, "watchdog", "ms,watchdog");
	fact(f, "watchdog", "_SEC", tree_number(&f->tree, tree_chosen(&f->tree, "ms,watchdog"), "timeout-sec"));
}

/* What the clocks are made of, and what random bytes come from; where the tree says so. */
static void sources(struct facts *f)
{
	if (is_chosen(f, "ms,crystal")) {
		int node = tree_chosen(&f->tree, "ms,crystal");

		fact(f, "crystal", "_HZ", tree_number(&f->tree, node, "clock-frequency"));
		fact(f, "crystal", "_BYPASS", f->tree.rc == MS_OK && fdt_getprop(f->tree.fdt, node, "ms,bypass", NULL));
	}
	if (is_chosen(f, "ms,entropy"))
		fact(f, "entropy", "_BASE", tree_reg(&f->tree, tree_chosen(&f->tree, "ms,entropy")).base);
}

static void console(struct facts *f)
{
	int node = tree_chosen(&f->tree, "stdout-path");

	fact(f, "console", "_BASE", tree_reg(&f->tree, node).base);
	lines(f, node, "console", "_RX_IRQ", "_TX_IRQ");
	fact(f, "console", "_HZ", tree_number(&f->tree, node, "clock-frequency"));
	fact(f, "console", "_BAUD", tree_number(&f->tree, node, "current-speed"));
}

static void device_steps(struct facts *f, const struct board_device *d, const char *name)
{
	for (uint32_t i = 0; i < d->step_count; i++)
		text_add(&f->text, f->tree.a, " \\\n\t{ 0x%x, 0x%x, 0x%x }, /* %s */", (unsigned)(d->step[i].address | d->step[i].wait),
			 (unsigned)d->step[i].mask, (unsigned)d->step[i].value, name);
}

/* The console's are those of its device; behind the others' where it is none. */
static void steps(struct facts *f, const struct board *b)
{
	uint32_t count = 0, console = UINT32_MAX;

	text_add(&f->text, f->tree.a, "\n#define BOARD_STEP_LIST");
	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++) {
		device_steps(f, d, d->name);
		if (d->console)
			console = count;
		count += d->step_count;
	}
	if (console == UINT32_MAX)
		device_steps(f, &b->console, "the console");
	text_add(&f->text, f->tree.a, "\n");
	fact(f, "console", "_STEP", console == UINT32_MAX ? count : console);
	fact(f, "console", "_STEP_COUNT", b->console.step_count);
}

/* Initializers of the tables in boards/devices.c. */
static void devices(struct facts *f, const struct board *b)
{
	uint32_t step = 0;

	fact(f, "device", "_COUNT", b->device_count);
	text_add(&f->text, f->tree.a, "#define BOARD_DEVICE_LIST");
	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++) {
		text_add(&f->text, f->tree.a, " \\\n\t{ 0x%x, 0x%x, %u, %u, %u, %u }, /* %s */", (unsigned)d->reg.base, (unsigned)d->reg.size,
			 (unsigned)d->line, (unsigned)d->line_count, (unsigned)step, (unsigned)d->step_count, d->name);
		step += d->step_count;
	}
	text_add(&f->text, f->tree.a, "\n#define BOARD_LINE_LIST");
	for (uint32_t i = 0; i < b->device_count; i++)
		for (uint32_t n = 0; n < b->devices[i].line_count; n++)
			text_add(&f->text, f->tree.a, " [%u] = %u,", (unsigned)(b->devices[i].line + n), (unsigned)(i + 1));
	steps(f, b);
}

static struct bytes script(const struct board *b, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "/* Made from the device tree of %s. */\nMEMORY\n{\n"
		 "\tFLASH (rx) : ORIGIN = 0x%08x, LENGTH = 0x%x\n\tRAM (rw) : ORIGIN = 0x%08x, LENGTH = 0x%x\n}\nKERNEL_STACK_SIZE = %u;\n", b->name,
		 (unsigned)b->part[BOARD_RUNTIME].base, (unsigned)b->part[BOARD_RUNTIME].size,
		 (unsigned)b->runtime_ram.base, (unsigned)b->runtime_ram.size, (unsigned)b->limit[BOARD_LIMIT_KERNEL_STACK_SIZE]);
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

int board_facts(struct bytes dtb, const char *path, struct arena *a, struct board_files *out, struct err *e)
{
	struct board b;
	struct facts f = { 0 };

	int rc = board_read(dtb, path, a, &b, e);
	if (rc < 0)
		return rc;
	rc = tree_open(&f.tree, dtb, path, a, e);
	if (rc < 0)
		return rc;

	text_add(&f.text, a, "/* Made from the device tree of %s. */\n#define BOARD_NAME \"%s\"\n", b.name, b.name);
	fact(&f, "target", "", b.target);
	fact(&f, "cpu", "_HZ", b.cpu_hz);
	fact(&f, "interrupts", "", tree_number(&f.tree, tree_node(&f.tree, "/cpus/cpu@0"), "arm,num-irqs"));
	window(&f, "flash", b.flash);
	window(&f, "ram", b.ram);
	window(&f, "services-ram", b.services_ram);
	for (int i = 0; i < BOARD_PART_COUNT; i++)
		window(&f, board_part_name((enum board_part)i), b.part[i]);
	timer(&f, "clock", "ms,clock");
	timer(&f, "alarm", "ms,alarm");
	watchdog(&f);
	sources(&f);
	console(&f);
	devices(&f, &b);
	if (f.tree.rc < 0)
		return f.tree.rc;

	*out = (struct board_files){
		.header = { (const uint8_t *)f.text.at, f.text.size },
		.capacity = board_limits_header(&b, a),
		.script = script(&b, a),
	};
	return MS_OK;
}
