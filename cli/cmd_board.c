/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>

#include "emulator.h"
#include "target.h"
#include "toolchain.h"
#include "version.h"

static const struct example examples[] = {
	{ "ms board list", "the boards that this SDK has a runtime for" },
	{ "ms board show mps2-an386", "its processor, memory and devices, and what ms run starts" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 6, "there is no SDK" },
	{ 0, NULL }
};

const struct page page_board = {
	.complete = OPT_CHOICE,
	.choices = "list|show",
	.about = "Says which boards there are and what each is. All facts come from the board's device tree, from which its runtime is "
		 "made, too.\n\n"
		 "list: a line for each board: name, processor, how services are isolated, emulated or not. show [BOARD]: all of it; the "
		 "board that ms run takes unasked if left out.\n\n"
		 "Devices are those that a product may grant to a service, by these names. The device marked as console carries the log, "
		 "unless the product gives it to a service. A device marked as disabled is in use when an overlay of the device tree says so (docs/devices.md). A driver is a service of the folder services/ that is made for such a device.",
	.examples = examples,
	.statuses = statuses,
	.json = "list: an event 'board' for each, result: count. show: result: board. Its fields: name, description, processor, cpu_hz, "
		"targets (array: executables made for these run there), isolation (as MS_INFO_ISOLATION: 0 none, 7 PMSAv7, 8 PMSAv8), "
		"regions, flash, ram, services_flash and services_ram (objects: base, size), devices (array of name, base, size, "
		"interrupts, console, disabled, compatible, driver or null), emulator (a command, or null), probe (object: "
		"openocd_target, tried: with a real board, too; or null).",
};

/* "cortex-m4f" as its maker writes it. */
static const char *processor(const struct board *b, struct arena *a)
{
	char *text = arena_printf(a, "%s", b->processor);
	bool first = true;

	for (char *p = text; *p; p++) {
		if (*p >= 'a' && *p <= 'z' && (first || strchr(text, '-') < p))
			*p = (char)(*p - 'a' + 'A');
		first = false;
	}
	return text;
}

static const char *isolation(const struct board *b, struct arena *a)
{
	if (b->mpu == MPU_NONE)
		return "none: services run privileged";
	return arena_printf(a, "PMSAv%d, %u regions", b->mpu == MPU_V7 ? 7 : 8, (unsigned)b->mpu_regions);
}

static const char *size_text(uint32_t size, struct arena *a)
{
	return size % (1 << 20) ? arena_printf(a, "%u KiB", (unsigned)size >> 10) : arena_printf(a, "%u MiB", (unsigned)size >> 20);
}

static json_t *window_json(struct board_window w)
{
	return json_pack("{s:I, s:I}", "base", (json_int_t)w.base, "size", (json_int_t)w.size);
}

static json_t *targets_json(const struct board *b)
{
	json_t *all = json_array();

	for (uint8_t t = 1; target_known(t); t++)
		if (target_runs(t, b->target))
			json_array_append_new(all, json_string(target_name(t)));
	return all;
}

static json_t *devices_json(const struct board *b)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < b->device_count; i++) {
		const struct board_device *d = &b->devices[i];
		json_t *lines = json_array();

		for (uint32_t k = 0; k < d->line_count; k++)
			json_array_append_new(lines, json_integer((json_int_t)d->line + k));
		json_array_append_new(all, json_pack("{s:s, s:I, s:I, s:o, s:b, s:b, s:s, s:s?}", "name", d->name, "base", (json_int_t)d->reg.base,
						     "size", (json_int_t)d->reg.size, "interrupts", lines, "console", d->console, "disabled", d->disabled,
						     "compatible", d->compatible, "driver", d->driver));
	}
	return all;
}

/* How it is flashed; NULL: not at all. */
static const char *flashing(const struct board *b, struct arena *a)
{
	return b->probe.target ? arena_printf(a, "by OpenOCD, %s%s", b->probe.target, b->probe.tried ? "" : "; not tried on hardware") : NULL;
}

static json_t *probe_json(const struct board *b)
{
	return b->probe.target ? json_pack("{s:s, s:b}", "openocd_target", b->probe.target, "tried", (int)b->probe.tried) : json_null();
}

static json_t *board_json(const struct board *b, struct arena *a)
{
	return json_pack("{s:o, s:o, s:o, s:I, s:o, s:i, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "name", out_string(b->name), "description", out_string(b->description), "processor", out_string(processor(b, a)),
			 "cpu_hz", (json_int_t)b->cpu_hz, "targets", targets_json(b),
			 "isolation", b->mpu == MPU_NONE ? 0 : b->mpu == MPU_V7 ? 7 : 8, "regions", (json_int_t)b->mpu_regions,
			 "flash", window_json(b->flash), "ram", window_json(b->ram),
			 "services_flash", window_json(b->part[BOARD_SERVICES]), "services_ram", window_json(b->services_ram),
			 "devices", devices_json(b), "emulator", out_string(emulator_machine(b, a)), "probe", probe_json(b));
}

/* How it is run and flashed, in few words. */
static const char *reached(const struct board *b, struct arena *a)
{
	const char *run = !b->qemu_machine ? "" : strcmp(b->qemu_machine, b->name) ? arena_printf(a, "emulated as %s", b->qemu_machine) : "emulated";
	const char *flash = !b->probe.target ? "" : b->probe.tried ? "flashed" : "flashed (not tried on hardware)";

	return arena_printf(a, "%s%s%s", run, *run && *flash ? ", " : "", flash);
}

static int board_list(const struct sdk *sdk, const char *word, struct arena *a, struct err *e)
{
	struct list names = { 0 };

	(void)word;
	int rc = sdk_boards(sdk, a, &names, e);
	for (size_t i = 0; rc >= 0 && i < names.count; i++) {
		struct board b;

		rc = sdk_board(sdk, names.at[i], a, &b, e);
		if (rc < 0)
			return rc;
		out_line("%s%-18s%s %-12s %-30s %s", out_bold(), b.name, out_reset(), processor(&b, a), isolation(&b, a), reached(&b, a));
		out_event("board", board_json(&b, a));
	}
	out_field("count", json_integer((json_int_t)names.count));
	return rc;
}

static void print_targets(const struct board *b, struct arena *a)
{
	struct text t = { 0 };

	for (uint8_t target = 1; target_known(target); target++)
		if (target_runs(target, b->target))
			text_add(&t, a, " %s", target_name(target));
	out_line("targets      %s", t.size ? t.at + 1 : "none");
}

static void print_memory(const char *name, struct board_window all, struct board_window services, struct arena *a)
{
	out_line("%-12s %s at 0x%08x, of which services get %s at 0x%08x", name, size_text(all.size, a), (unsigned)all.base,
		 size_text(services.size, a), (unsigned)services.base);
}

static void print_device(const struct board_device *d, bool first, struct arena *a)
{
	const char *lines = "no interrupt";

	if (d->line_count == 1)
		lines = arena_printf(a, "interrupt %u", (unsigned)d->line);
	else if (d->line_count > 1)
		lines = arena_printf(a, "interrupts %u to %u", (unsigned)d->line, (unsigned)(d->line + d->line_count - 1));
	out_line("%-12s %-10s 0x%08x, %u bytes, %s%s; %s", first ? "devices" : "", d->name, (unsigned)d->reg.base, (unsigned)d->reg.size, lines,
		 d->console ? ", console" : d->disabled ? ", disabled" : "", d->driver ? arena_printf(a, "driver %s", d->driver) : "no driver");
}

static int board_show(const struct sdk *sdk, const char *word, struct arena *a, struct err *e)
{
	struct board b;

	int rc = sdk_board(sdk, word ? word : SDK_BOARD_DEFAULT, a, &b, e);
	if (rc < 0)
		return rc;
	out_line("board        %s%s%s: %s", out_bold(), b.name, out_reset(), b.description);
	out_line("processor    %s, %u MHz", processor(&b, a), (unsigned)(b.cpu_hz / 1000000));
	print_targets(&b, a);
	out_line("isolation    %s", isolation(&b, a));
	print_memory("flash", b.flash, b.part[BOARD_SERVICES], a);
	print_memory("ram", b.ram, b.services_ram, a);
	for (uint32_t i = 0; i < b.device_count; i++)
		print_device(&b.devices[i], i == 0, a);
	out_line("ms run       %s", b.qemu_machine ? arena_printf(a, "starts %s", emulator_machine(&b, a)) : "cannot: it is not emulated");
	out_line("ms flash     %s", flashing(&b, a) ? flashing(&b, a) : "cannot: no probe reaches it");
	out_field("board", board_json(&b, a));
	return MS_OK;
}

int cmd_board(int argc, char **argv, struct arena *a, struct err *e)
{
	static const char *const names[] = { "list", "show" };
	bool list = !strcmp(argv[1], names[0]), show = !strcmp(argv[1], names[1]);
	struct sdk sdk;

	if (!list && !show) {
		const char *near = opt_nearest(argv[1], names, 2);

		err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a command of ms board", argv[1]);
		return near ? err_fix(e, "did you mean 'ms board %s'?", near) : err_fix(e, "it is one of %s", page_board.choices);
	}
	if (list && argc > 2) {
		err_set(e, ERR_OPERANDS, "'%s' is one operand too many", argv[2]);
		return err_fix(e, "did you mean 'ms board show %s'?", argv[2]);
	}
	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	return list ? board_list(&sdk, NULL, a, e) : board_show(&sdk, argc > 2 ? argv[2] : NULL, a, e);
}
