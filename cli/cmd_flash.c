/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "device_believe.h"
#include "file.h"
#include "flashimage.h"
#include "flashing.h"
#include "locking.h"
#include "plan.h"
#include "process.h"
#include "rigged.h"
#include "version.h"

static struct plan_options plan_options;
static const char *probe_name, *on;
static uint32_t wait_sec, silence_sec = 90;
static struct rigged rig;	/* whose board it is, with --on */
static bool dry_run, erase, recover, hold, config, downgrade;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "the board that is connected (default: the product's)"),
	OPT_TEXT('p', "probe", "PROBE", &probe_name, OPT_ANY, "the probe: stlink, cmsis-dap, jlink, with :SERIAL; remote:HOST:PORT, remote:SOCKET"),
	OPT_TEXT(0, "on", "RIG", &on, OPT_ANY, "flash a board that a rig lends: rig:NAME or rig:NAME/BOARD"),
	OPT_NUMBER(0, "wait", "SECONDS", &wait_sec, 1, 86400, "for that board, if others have it (default: 60)"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	LOCKING_OPTIONS,
	OPT_FLAG('n', "dry-run", &dry_run, "say what would be written, and write nothing"),
	OPT_FLAG(0, "erase", &erase, "erase all of the flash first, not only what changes"),
	OPT_FLAG(0, "recover", &recover, "erase a read-protected chip and end its protection"),
	OPT_FLAG(0, "downgrade", &downgrade, "replace what is newer by what is older"),
	OPT_NUMBER('t', "timeout", "SECONDS", &silence_sec, 1, 3600, "give up when nothing is heard for so long (default: 90)"),
	OPT_FLAG(0, "hold", &hold, "do not start the board afterwards"),
	OPT_FLAG(0, "show-config", &config, "print what OpenOCD is told about board and probe, and do nothing"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms flash --board netduinoplus2", "build the service in this folder and flash it" },
	{ "ms flash out/product", "what 'ms product build' wrote" },
	{ "ms flash device.hex", "a device image that is ready: HEX, ELF or bytes" },
	{ "ms flash --dry-run", "which sectors would change?" },
	{ "ms flash --on rig:desk/disco", "the board of a rig" },
	{ "ms flash --probe stlink:066DFF495056", "several probes are plugged in" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "a service does not build, or ms.yaml or product.yaml is wrong" },
	{ 6, "no probe or several, no answer, a protected chip, or flashing broke off; OpenOCD is missing" },
	{ 7, "a package is not to be believed, a file is not what it was, or the board holds what is newer" },
	{ 8, "the chip is not the board's, the image is for another board, or larger than the flash" },
	{ 9, "trouble with a rig or the way to it, or it does not allow this to be written" },
	{ 0, NULL }
};

const struct page page_flash = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Writes a device image into a board's flash through a debug probe, by OpenOCD, and verifies it. DIR is what 'ms run' takes: a "
		 "project (default: here) or a folder with a product.yaml, which is built as 'ms run' does; or the folder that 'ms product build' wrote, out/product, which is "
		 "flashed as it is. FILE is a device image as Intel HEX, ELF, or bytes that begin where the flash does; it says itself which board it is for, and another one is "
		 "refused. Other people's bytes need --board, and are written as they are.\n\n"
		 "The chip is asked first who it is: a wrong one is refused before anything is erased, and so is one that is read-protected, "
		 "unless --recover says that all in it may be lost. What the board holds by its table is told, service by service; what is "
		 "newer than the image, of the same vendor, is not replaced without --downgrade. Sectors are compared by their checksums, and only those that "
		 "differ are erased and written, from the highest down, the runtime last. Each is verified.\n\n"
		 "When it breaks off, the message says which sector is not whole; the same command goes on from there.",
	.examples = examples,
	.statuses = statuses,
	.files = "Builds into out/ as 'ms run' does; reads /sys/bus/usb/devices to find probes.",
	.json = "An event \"replacement\" for each service that changes (service, from, to: versions or null), and \"sector\" for each step (address, size, is: \"same\", \"different\" or \"written\"). The result has board, probe, chip "
		"(what its register says), image_size, sectors, changed, written, written_size, dry_run.",
};

static int open_image(const char *path, struct flash_image *image, struct arena *a, struct err *e)
{
	int rc = flashimage_open(path, plan_options.board, a, image, e);

	if (rc >= 0 && !image->ours)
		out_say("'%s' is no device image for %s; it is written as it is", image->path, image->board.name);
	return rc;
}

static int make_image(char **operands, int count, struct flash_image *image, struct arena *a, struct err *e)
{
	struct plan *p = arena_new(a, struct plan);
	int rc = plan_make(operands, count, &plan_options, a, p, e);

	*image = (struct flash_image){ .path = p->flash, .board = p->board, .ours = true };
	if (rc < 0)
		return rc;
	const char *release = path_shown(a, path_join(a, p->root, "out/product"));

	if (p->product && flashimage_is(release))
		out_say("built anew; what 'ms product build' wrote: ms flash %s", release);
	return file_read(p->flash, UINT32_MAX >> 1, a, &image->content, e);
}

static int check_board(const struct board *b, struct err *e)
{
	if (!b->probe.target) {
		err_set(e, ERR_NOT_FLASHABLE, "the board '%s' cannot be flashed: no probe reaches it", b->name);
		return err_fix(e, "choose another one with --board; 'ms run' starts an emulated one");
	}
	if (recover && !b->probe.unlock) {
		err_set(e, ERR_NOT_FLASHABLE, "for the board '%s' no way is known to end read protection", b->name);
		return err_fix(e, "use the tool of the chip's maker");
	}
	return MS_OK;
}

static int check_size(const struct flash_image *image, struct err *e)
{
	const struct board *b = &image->board;
	size_t size = image->content.size;

	if (size && size <= b->flash.size)
		return MS_OK;
	err_set(e, ERR_FLASH_SIZE, "the device image has %zu bytes, and the flash of '%s' %" PRIu32, size, b->name, b->flash.size);
	return err_fix(e, size ? "'ms size' says what takes how much" : "name a file that is not empty");
}

static void report(const struct flashing *f, struct arena *a)
{
	const char *board = f->job->board->name;

	if (dry_run)
		out_line("%" PRIu32 " of %" PRIu32 " sectors would be written to %s", f->changed, f->job->sector_count, board);
	else if (!f->changed)
		out_line("%s has it already: %" PRIu32 " sectors are as they should be", board, f->job->sector_count);
	else
		out_line("%s flashed and verified: %" PRIu32 " of %" PRIu32 " sectors written, %" PRIu32 " bytes", board, f->written, f->job->sector_count, f->written_size);
	out_field("board", json_string(board));
	out_field("probe", out_string(f->probe->name));
	out_field("chip", json_string(arena_printf(a, "0x%08" PRIx32, f->chip)));
	out_field("image_size", json_integer(f->job->image_size));
	out_field("sectors", json_integer(f->job->sector_count));
	out_field("changed", json_integer(f->changed));
	out_field("written", json_integer(f->written));
	out_field("written_size", json_integer(f->written_size));
	out_field("dry_run", json_boolean(dry_run));
}

/* What the board holds is told, and kept if it is newer; a chip that is recovered tells nothing. */
static int look(struct flashing *f, const struct flash_image *image, struct arena *a, struct err *e)
{
	const struct board *b = &image->board;
	struct flash_held held = { 0 };

	if (recover)
		return MS_OK;
	held.has_next = image->ours && flashheld_table(device_part(image->content, b, BOARD_TABLE_A), device_part(image->content, b, BOARD_TABLE_B), b, &held.next);
	int rc = flashing_look(f, a, &held.now, &held.has_now, e);
	return rc < 0 ? rc : flashheld_tell(&held, downgrade, a, e);
}

static int flash(const struct flash_image *image, const struct probe *p, struct arena *a, struct err *e)
{
	const char *base = getenv("TMPDIR");
	char *folder = arena_printf(a, "%s/ms-flash-XXXXXX", base && *base ? base : "/tmp");
	struct flash_job job = { .board = &image->board, .silence_sec = silence_sec, .dry_run = dry_run, .erase = erase, .recover = recover, .hold = hold };
	struct flashing f = { .job = &job, .probe = p };
	struct err ignored = { 0 };

	if (!mkdtemp(folder))
		return err_errno(e, "cannot make a folder '%s'", folder);
	job.folder = folder;
	int rc = flashscript_cut(&job, image->content, a, e);
	if (rc >= 0)
		rc = look(&f, image, a, e);
	if (rc >= 0)
		rc = flashing_run(&f, a, e);
	file_remove_tree(folder, &ignored);
	if (rc >= 0)
		report(&f, a);
	return rc;
}

static int show_config(struct arena *a, struct err *e)
{
	struct board b;
	struct probe p;
	struct sdk sdk;

	if (!plan_options.board) {
		err_set(e, ERR_NO_BOARD, "it is not said which board is meant");
		return err_fix(e, "name it with --board");
	}
	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, plan_options.board, a, &b, e);
	if (rc >= 0)
		rc = check_board(&b, e);
	if (rc >= 0)
		rc = probe_choose(probe_name, &b, a, &p, e);
	if (rc < 0)
		return rc;
	out_text(probe_config(&p, &b, a));
	out_field("config", out_string(probe_config(&p, &b, a)));
	return MS_OK;
}

/* The rig flashes, verifies and starts it; what it says meanwhile is shown with -v. */
static int flash_rig(struct bytes image, struct arena *a, struct err *e)
{
	const char *base = getenv("TMPDIR");
	char *file = arena_printf(a, "%s/ms-flash-XXXXXX", base && *base ? base : "/tmp"), line[1024];
	int fd = mkstemp(file);

	if (fd < 0)
		return err_errno(e, "cannot make a file '%s'", file);
	close(fd);
	int more, rc = file_replace(file, image, 0600, a, e);
	if (rc >= 0)
		rc = rigged_start(&rig, "flash", file, false, 0, a, e);
	while (rc >= 0 && (more = rigged_line(&rig, line, sizeof(line), UINT64_MAX, e)) != 0)
		rc = more == -MS_EINTR ? err_set(e, ERR_STOPPED, "interrupted") : more < 0 ? more : MS_OK;
	remove(file);
	if (rc < 0)
		return rc;
	out_line("%s of the rig '%s' flashed: %zu bytes", rig.name, rig.rig, image.size);
	out_field("board", json_string(rig.board));
	out_field("image_size", json_integer((json_int_t)image.size));
	return MS_OK;
}

static int check_options(struct err *e)
{
	if (dry_run && (erase || recover))
		return err_set(e, ERR_OPTIONS_DISAGREE, "--dry-run changes nothing, and --%s does", erase ? "erase" : "recover");
	if (wait_sec && !on)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--wait is about the board of --on");
	if (on && !rigged_is_meant(on)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' names no board of a rig", on);
		return err_fix(e, "write '--on rig:NAME' or '--on rig:NAME/BOARD'");
	}
	if (on && (probe_name || dry_run || erase || recover || hold || config || downgrade)) {
		err_set(e, ERR_OPTIONS_DISAGREE, "with --on the rig decides how its board is flashed");
		return err_fix(e, "leave out --probe, --dry-run, --erase, --recover, --downgrade, --hold and --show-config");
	}
	return MS_OK;
}

static int flash_here(struct flash_image *image, struct arena *a, struct err *e)
{
	struct probe p;

	int rc = check_board(&image->board, e);
	if (rc >= 0)
		rc = check_size(image, e);
	if (rc >= 0)
		rc = probe_choose(probe_name, &image->board, a, &p, e);
	return rc < 0 ? rc : flash(image, &p, a, e);
}

int cmd_flash(int argc, char **argv, struct arena *a, struct err *e)
{
	struct flash_image *image = arena_new(a, struct flash_image);

	int rc = check_options(e);
	if (rc < 0)
		return rc;
	if (config)
		return show_config(a, e);
	if (argc > 1 && access(argv[1], F_OK))
		return err_errno(e, "cannot open '%s'", argv[1]);
	if (on)
		rc = rigged_take(on, plan_wanted_board(argv + 1, argc - 1, plan_options.board, a), wait_sec ? wait_sec : RIGGED_WAIT_SEC, a, &rig, e);
	if (rc >= 0 && on)
		plan_options.board = rig.board;
	if (rc >= 0)
		rc = argc > 1 && flashimage_is(argv[1]) ? open_image(argv[1], image, a, e) : make_image(argv + 1, argc - 1, image, a, e);
	if (rc >= 0)
		rc = on ? flash_rig(image->content, a, e) : flash_here(image, a, e);
	rigged_release(&rig);
	return rc;
}
