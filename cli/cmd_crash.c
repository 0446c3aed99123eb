/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "crashsources.h"
#include "file.h"
#include "runview.h"
#include "toolchain.h"

#define LAST_FAULTS CRASHSOURCES_RUN "/crashes.log"

static const char *board;
static struct list debug_files;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &board, OPT_BOARD, "whose runtime it was (default: that of the last run, else " SDK_BOARD_DEFAULT ")"),
	OPT_LIST('d', "debug", "FILE", &debug_files, OPT_FILE, "a NAME.debug file, beside its NAME.img, to look in as well"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms crash", "the faults of the last run, with their places" },
	{ "ms crash console.txt", "the faults in a console log that was kept" },
	{ "ms crash - < /dev/ttyACM0", "from a serial line, as they come" },
	{ NULL, NULL }
};

const struct page page_crash = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Reads the lines that a runtime prints, in FILE or from standard input (-), and says for each fault record in which "
		 "function, file and line it was. Without FILE: the faults of the last 'ms run' of the project in this folder.\n\n"
		 "The symbols come from the debug files of the project's last build and of the services of its last run, and are "
		 "believed only for the very image that the record names.",
	.examples = examples,
	.files = "Reads out/run/crashes.log, out/run/symbols and out/TARGET/NAME.debug.",
	.json = "An event \"fault\" for each record, as 'ms run' gives it. The result has faults, their number.",
};

struct reading {
	struct crash_sources sources;
	struct console_line fault;
	bool pending;		/* `fault` waits for the place that a kept record has in its next line */
	uint32_t faults;
};

static void show(struct reading *r, const char *kept_place, struct arena *a)
{
	const struct console_fault *f = &r->fault.fault;
	struct crash_place place;

	crash_locate(&r->sources, &r->fault, a, &place);
	if (!place.function && kept_place)
		place = (struct crash_place){ .why_not = kept_place };
	runview_line(&r->fault, &place, a);
	out_line("%23s%spc 0x%08x  lr 0x%08x  sp 0x%08x%s", "", out_dim(), f->pc, f->lr, f->sp, out_reset());
	r->faults++;
	r->pending = false;
}

static void take_line(struct reading *r, char *line)
{
	struct arena scratch = { 0 };
	struct console_line l;

	line[strcspn(line, "\r\n")] = '\0';
	bool kept = !strncmp(line, "    ", 4);
	if (r->pending)
		show(r, kept ? line + 4 : NULL, &scratch);
	console_parse(line, &l);
	if (l.kind == CONSOLE_FAULT) {
		r->fault = l;
		r->pending = true;
	}
	arena_done(&scratch);
}

static int read_lines(struct reading *r, FILE *f, const char *path, struct err *e)
{
	char line[CONSOLE_LINE_MAX];

	while (fgets(line, sizeof(line), f) && !out_is_lost())
		take_line(r, line);
	if (ferror(f))
		return err_errno(e, "cannot read '%s'", path);
	if (r->pending)
		take_line(r, (char[]){ "" });
	return MS_OK;
}

static int read_file(struct reading *r, const char *path, struct err *e)
{
	if (!strcmp(path, "-"))
		return read_lines(r, stdin, "standard input", e);

	FILE *f = fopen(path, "re");
	if (!f)
		return err_errno(e, "cannot open '%s'", path);
	int rc = read_lines(r, f, path, e);
	fclose(f);
	return rc;
}

int cmd_crash(int argc, char **argv, struct arena *a, struct err *e)
{
	struct reading *r = arena_new(a, struct reading);
	const char *path = argc > 1 ? argv[1] : LAST_FAULTS;

	if (argc == 1 && !file_is_folder(CRASHSOURCES_RUN)) {
		err_set(e, ERR_NOTHING_RAN, "nothing was run here yet");
		return err_fix(e, "run 'ms run' in this folder, or name the file of a console log");
	}
	int rc = crashsources_find(&debug_files, board, &r->sources, a, e);
	if (rc >= 0 && (argc > 1 || file_exists(path)))
		rc = read_file(r, path, e);
	if (rc < 0)
		return rc;

	if (!r->faults)
		out_say("%s", argc > 1 ? "no fault record in it" : "the last run had no fault");
	out_field("faults", json_integer(r->faults));
	return MS_OK;
}
