/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cose.h"
#include "file.h"
#include "out.h"
#include "hangup.h"

static uint32_t sector_size(const struct flashing *f, uint32_t base)
{
	for (uint32_t i = 0; i < f->job->sector_count; i++)
		if (f->job->sectors[i].at.base == base)
			return f->job->sectors[i].at.size;
	return 0;
}

static void tell_sector(const struct flash_talk *t, const char *what, uint32_t base)
{
	uint32_t size = sector_size(t->f, base);

	out_detail("0x%08" PRIx32 ", %" PRIu32 " bytes: %s", base, size, what);
	out_event("sector", json_pack("{s:s, s:I, s:s}", "address", arena_printf(t->a, "0x%08" PRIx32, base), "size", (json_int_t)size, "is", what));
}

static void take_compared(struct flash_talk *t, bool differs, uint32_t base)
{
	struct flashing *f = t->f;

	f->compared++;
	f->changed += differs;
	out_progress("comparing: sector %" PRIu32 " of %" PRIu32, f->compared, f->job->sector_count);
	tell_sector(t, differs ? "different" : "same", base);
}

static void take_written(struct flash_talk *t, uint32_t base)
{
	struct flashing *f = t->f;

	f->written++;
	f->written_size += sector_size(f, base);
	f->at = 0;
	tell_sector(t, "written", base);
}

/* A step of the script: a word, and a number or a reason. */
static void take_step(struct flash_talk *t, const char *step)
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
	} else if (!strcmp(word, "looked")) {
		t->ended = true;
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
		f->done = t->ended = true;
	}
}

/* Comparing finds differences by errors of OpenOCD's; others are kept to be told. */
static void take_line(struct flash_talk *t, const char *line)
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

/* The board's configuration and a script in the job's folder. */
static int write_scripts(const struct flashing *f, const char *config, const char *script, const char *text, struct arena *a, struct err *e)
{
	const char *texts[] = { probe_config(f->probe, f->job->board, a), text }, *paths[] = { config, script };
	int rc = MS_OK;

	for (int i = 0; rc >= 0 && i < 2; i++)
		rc = file_replace(paths[i], (struct bytes){ (const uint8_t *)texts[i], strlen(texts[i]) }, 0600, a, e);
	return rc;
}

/*
 * The next line, within the time that silence may last.  OpenOCD waits for ever for a connection that the other end has
 * closed: so, each second of silence, its connection is looked at.
 */
static int next_line(struct process *p, uint32_t silence_sec, char *line, size_t size)
{
	bool closed = false;

	for (uint32_t i = 0; i < silence_sec; i++) {
		int more = process_line(p, line, size, process_now_nsec() + UINT64_C(1000000000));

		if (more != -MS_ETIMEDOUT)
			return more;
		if (closed)
			return -MS_EIO;
		closed = hangup_seen(p);
	}
	return -MS_ETIMEDOUT;
}

static int run(struct flashing *f, const char *text, struct arena *a, struct err *e)
{
	const char *config = path_join(a, f->job->folder, "openocd.cfg"), *script = path_join(a, f->job->folder, "flash.tcl");
	const char *const argv[] = { "openocd", "-f", config, "-f", script, NULL };
	struct flash_talk t = { .f = f, .a = a };
	char line[FLASHING_WORDS_MAX];
	struct process p;
	int more;

	int rc = write_scripts(f, config, script, text, a, e);
	if (rc >= 0)
		process_catch_interrupt();
	if (rc >= 0)
		rc = process_start(argv, NULL, &p, e);
	if (rc < 0)
		return rc;
	while ((more = next_line(&p, f->job->silence_sec, line, sizeof(line))) == 1)
		take_line(&t, line);
	process_stop(&p);
	out_progress(NULL);
	return flashing_verdict(&t, more, &p, e);
}

/* A bank without a table has no file. */
static struct bytes bank(const struct flash_job *job, enum board_part part, struct arena *a)
{
	struct bytes content = { 0 };
	struct err ignored = { 0 };

	file_read(flashscript_bank(job, part, a), TABLE_SIZE_MAX + COSE_BLOCK_SIZE, a, &content, &ignored);
	return content;
}

int flashing_look(struct flashing *f, struct arena *a, struct table *table, bool *has, struct err *e)
{
	out_progress("asking the chip who it is and what it holds");
	int rc = run(f, flashscript_look(f->job, a), a, e);

	*has = rc >= 0 && flashheld_table(bank(f->job, BOARD_TABLE_A, a), bank(f->job, BOARD_TABLE_B, a), f->job->board, table);
	return rc;
}

int flashing_run(struct flashing *f, struct arena *a, struct err *e)
{
	return run(f, flashscript(f->job, a), a, e);
}
