/* SPDX-License-Identifier: Apache-2.0 */
/* What is said when flashing did not come to its end: why, and what the board holds now. */
#include "flashing_parts.h"

#include <inttypes.h>
#include <string.h>

static int refuse_chip(const struct flash_talk *t, struct err *e)
{
	const struct board *b = t->f->job->board;

	err_set(e, ERR_WRONG_CHIP, "the chip says that it is 0x%" PRIx32 ", and that of the board '%s' is 0x%" PRIx32, t->f->chip & b->probe.chip.mask, b->name, b->probe.chip.value);
	return err_fix(e, "nothing was changed; choose the board that is connected with --board");
}

static int refuse_protected(const struct flash_talk *t, struct err *e)
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

static int refuse(const struct flash_talk *t, struct err *e)
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
static int broke_off(const struct flash_talk *t, const char *why, struct err *e)
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

static int failed(const struct flash_talk *t, const char *why, struct err *e)
{
	const struct flashing *f = t->f;

	if (is_touched(f))
		return broke_off(t, why, e);
	err_set(e, ERR_PROBE_SILENT, "%s: %s", f->chip ? "probe and board stopped answering" : "no answer from a board", why);
	return err_fix(e, "%s; -v shows what OpenOCD says", f->written ? "all is written and verified, but the board was not started: reset it" : "nothing was changed; look after the cable, the board's power, and other programs that use the probe");
}

int flashing_verdict(const struct flash_talk *t, int more, const struct process *p, struct err *e)
{
	if (t->ended)
		return MS_OK;
	if (t->stop[0] && refuse(t, e) < 0)
		return e->code;
	if (more == -MS_EINTR)
		return is_touched(t->f) ? broke_off(t, "it was interrupted", e) : err_set(e, ERR_STOPPED, "interrupted before anything was changed");
	if (more == -MS_EIO || strstr(t->error, "on socket 'remote_bitbang"))
		return failed(t, "the probe is gone", e);
	if (more == -MS_ETIMEDOUT)
		return failed(t, arena_printf(t->a, "nothing happened for %u s", t->f->job->silence_sec), e);
	if (t->error[0])
		return failed(t, t->error, e);
	return failed(t, p->status > 128 ? "the probe is gone" : "OpenOCD ended without a reason", e);
}

/* Both scripts in the job's folder, and OpenOCD's own found by itself. */
