/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "out.h"
#include "process.h"

enum { SILENCE_SEC = 90, WORDS_MAX = 512 };

struct talk {
	struct flashing *f;
	struct arena *a;
	char stop[32];			/* why the script stopped */
	char error[WORDS_MAX];		/* OpenOCD's first complaint since the last step */
};

static uint32_t sector_size(const struct flashing *f, uint32_t base)
{
	for (uint32_t i = 0; i < f->job->sector_count; i++)
		if (f->job->sectors[i].at.base == base)
			return f->job->sectors[i].at.size;
	return 0;
}

static void tell_sector(const struct talk *t, const char *what, uint32_t base)
{
	uint32_t size = sector_size(t->f, base);

	out_detail("0x%08" PRIx32 ", %" PRIu32 " bytes: %s", base, size, what);
	out_event("sector", json_pack("{s:s, s:I, s:s}", "address", arena_printf(t->a, "0x%08" PRIx32, base), "size", (json_int_t)size, "is", what));
}

static void take_compared(struct talk *t, bool differs, uint32_t base)
{
	struct flashing *f = t->f;

	f->compared++;
	f->changed += differs;
	out_progress("comparing: sector %" PRIu32 " of %" PRIu32, f->compared, f->job->sector_count);
	tell_sector(t, differs ? "different" : "same", base);
}

static void take_written(struct talk *t, uint32_t base)
{
	struct flashing *f = t->f;

	f->written++;
	f->written_size += sector_size(f, base);
	f->at = 0;
	tell_sector(t, "written", base);
}

/* A step of the script: a word, and a number or a reason. */
static void take_step(struct talk *t, const char *step)
{
	struct flashing *f = t->f;
	char word[16] = "", rest[32] = "";

	sscanf(step, "%15s %31s", word, rest);
	uint32_t number = (uint32_t)strtoul(rest, NULL, 0);

	t->error[0] = '\0';
	if (!strcmp(word, "stop")) {
		snprintf(t->stop, sizeof(t->stop), "%s", rest);
	} else if (!strcmp(word, "chip")) {
		f->chip = number;
	} else if (!strcmp(word, "kib")) {
		f->flash_kib = number;
	} else if (!strcmp(word, "same") || !strcmp(word, "differs")) {
		take_compared(t, word[0] == 'd', number);
	} else if (!strcmp(word, "recovering")) {
		f->recovering = true;
		out_progress("erasing all, so that the chip can be read");
	} else if (!strcmp(word, "recovered")) {
		f->recovering = false;
	} else if (!strcmp(word, "erasing") || !strcmp(word, "writing")) {
		f->erased_all |= !strcmp(rest, "all");
		f->at = number;
		out_progress("%s: sector %" PRIu32 " of %" PRIu32 ", 0x%08" PRIx32, word, f->written + 1, f->changed, number);
	} else if (!strcmp(word, "written")) {
		take_written(t, number);
	} else if (!strcmp(word, "done")) {
		f->done = true;
	}
}

/* Comparing finds differences by errors of OpenOCD's; others are kept to be told. */
static void take_line(struct talk *t, const char *line)
{
	static const char mark[] = "ms: ", error[] = "Error: ";

	if (!strncmp(line, mark, strlen(mark))) {
		take_step(t, line + strlen(mark));
		return;
	}
	out_detail("%s", line);
	if (!strncmp(line, error, strlen(error)) && !t->error[0] && !strstr(line, "checksum mismatch"))
		snprintf(t->error, sizeof(t->error), "%s", line + strlen(error));
}

static int refuse_chip(const struct talk *t, struct err *e)
{
	const struct board *b = t->f->job->board;

	err_set(e, ERR_WRONG_CHIP, "the chip says that it is 0x%" PRIx32 ", and that of the board '%s' is 0x%" PRIx32, t->f->chip & b->probe.chip.mask, b->name, b->probe.chip.value);
	return err_fix(e, "nothing was changed; choose the board that is connected with --board");
}

static int refuse_protected(const struct talk *t, struct err *e)
{
	if (!strcmp(t->stop, "protected-for-ever")) {
		err_set(e, ERR_READ_PROTECTED, "the chip is protected against debuggers for ever");
		return err_fix(e, "nothing was changed, and nothing can be: take another board");
	}
	if (!strcmp(t->stop, "still-protected")) {
		err_set(e, ERR_READ_PROTECTED, "the chip is still read-protected");
		return err_fix(e, "take the board's power away for a moment and run the command again");
	}
	err_set(e, ERR_READ_PROTECTED, "the chip is read-protected");
	if (!t->f->job->board->probe.unlock)
		return err_fix(e, "nothing was changed; the maker's tool can erase it");
	return err_fix(e, "nothing was changed; to lose all that is in it and flash it anew: ms flash --recover");
}

static int refuse(const struct talk *t, struct err *e)
{
	const struct flashing *f = t->f;

	if (!strcmp(t->stop, "wrong-chip"))
		return f->compared ? MS_OK : refuse_chip(t, e);
	if (!strcmp(t->stop, "wrong-port")) {
		err_set(e, ERR_PROBE_SILENT, "the debug port behind the probe is not that of the board '%s'", f->job->board->name);
		return err_fix(e, "nothing was changed; look whether the right board is connected, and after its cable");
	}
	if (!strcmp(t->stop, "too-small")) {
		err_set(e, ERR_FLASH_SIZE, "the device image has %" PRIu32 " bytes, and the chip says that its flash has %" PRIu32 " KiB", f->job->image_size, f->flash_kib);
		return err_fix(e, "nothing was changed; 'ms size' says what takes how much");
	}
	return refuse_protected(t, e);
}

/* Something was erased that is not written yet: what does the board hold now? */
static int broke_off(const struct talk *t, const char *why, struct err *e)
{
	const struct flashing *f = t->f;
	const char *which = f->recovering || f->erased_all ? "its flash was being erased" : arena_printf(t->a, "the sector at 0x%08" PRIx32 " is not whole", f->at);

	err_set(e, ERR_FLASH_BROKE_OFF, "flashing broke off after %" PRIu32 " of %" PRIu32 " sectors, and %s (%s)", f->written, f->changed, which, why);
	return err_fix(e, "look after cable and power and run the same command again: it writes what is not there yet");
}

/* Is something on the board gone, and not yet there anew? */
static bool is_touched(const struct flashing *f)
{
	return f->at || f->recovering || (f->erased_all && !f->done) || (f->written && f->written < f->changed);
}

static int failed(const struct talk *t, const char *why, struct err *e)
{
	const struct flashing *f = t->f;

	if (is_touched(f))
		return broke_off(t, why, e);
	err_set(e, ERR_PROBE_SILENT, "%s: %s", f->chip ? "probe and board stopped answering" : "no answer from a board", why);
	return err_fix(e, "%s; -v shows what OpenOCD says", f->written ? "all is written and verified, but the board was not started: reset it" : "nothing was changed; look after the cable, the board's power, and other programs that use the probe");
}

static int verdict(const struct talk *t, int more, const struct process *p, struct err *e)
{
	if (t->f->done)
		return MS_OK;
	if (t->stop[0] && refuse(t, e) < 0)
		return e->code;
	if (more == -MS_EINTR)
		return is_touched(t->f) ? broke_off(t, "it was interrupted", e) : err_set(e, ERR_STOPPED, "interrupted before anything was changed");
	if (more == -MS_ETIMEDOUT)
		return failed(t, arena_printf(t->a, "nothing happened for %d s", SILENCE_SEC), e);
	if (t->error[0])
		return failed(t, t->error, e);
	return failed(t, p->status > 128 ? "the probe is gone" : "OpenOCD ended without a reason", e);
}

/* Both scripts in the job's folder, and OpenOCD's own found by itself. */
static int write_scripts(const struct flashing *f, const char *config, const char *script, struct arena *a, struct err *e)
{
	const char *texts[] = { probe_config(f->probe, f->job->board, a), flashscript(f->job, a) }, *paths[] = { config, script };
	int rc = MS_OK;

	for (int i = 0; rc >= 0 && i < 2; i++)
		rc = file_replace(paths[i], (struct bytes){ (const uint8_t *)texts[i], strlen(texts[i]) }, 0600, a, e);
	return rc;
}

int flashing_run(struct flashing *f, struct arena *a, struct err *e)
{
	const char *config = path_join(a, f->job->folder, "openocd.cfg"), *script = path_join(a, f->job->folder, "flash.tcl");
	const char *const argv[] = { "openocd", "-f", config, "-f", script, NULL };
	struct talk t = { .f = f, .a = a };
	char line[WORDS_MAX];
	struct process p;
	int more;

	int rc = write_scripts(f, config, script, a, e);
	if (rc >= 0)
		process_catch_interrupt();
	if (rc >= 0)
		rc = process_start(argv, NULL, &p, e);
	if (rc < 0)
		return rc;
	while ((more = process_line(&p, line, sizeof(line), process_now_nsec() + SILENCE_SEC * UINT64_C(1000000000))) == 1)
		take_line(&t, line);
	process_stop(&p);
	out_progress(NULL);
	return verdict(&t, more, &p, e);
}
