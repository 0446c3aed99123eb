/* SPDX-License-Identifier: Apache-2.0 */
#include "ninja.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "out.h"
#include "ownresult.h"
#include "process.h"
#include "toolwords.h"

/* What Ninja prints before each command's description, so that we know its lines from a compiler's. */
#define STATUS "@ms "

enum { LINE_SIZE = 8192 };

struct run {
	struct arena *a;
	const char *folder;
	uint32_t steps;
	bool command_follows;		/* after "FAILED: ..." comes the command that failed */
	const char *failed;		/* the first output that could not be made */
	bool in_failed;			/* what comes are the words of its command */
	const char *complaint;		/* of Ninja itself */
	struct toolwords words;
	struct err sealed;		/* the failure of a command of our own */
};

/* "@ms 3 7 compile src/main.c for v7em" */
static void read_status(struct run *r, const char *line)
{
	unsigned done, all;
	int at = 0;

	if (sscanf(line, "%u %u %n", &done, &all, &at) < 2)
		return;
	r->steps = done;
	r->in_failed = false;
	out_progress("[%u/%u] %s", done, all, line + at);
}

/* The result of `ms --json seal`: its failure becomes ours. */
static void read_result(struct run *r, const char *line)
{
	struct err e = { 0 };

	if (!r->sealed.code && ownresult_failed(line, &e))
		r->sealed = e;
}

/* A file that a tool names, as one would type it here. */
static const char *from_here(const struct run *r, const char *file)
{
	return path_shown(r->a, path_join(r->a, r->folder, file));
}

/* For editors and other programs: what a compiler says, part by part. */
static void event(struct run *r, const char *line)
{
	struct toolwords_diagnostic d;

	if (toolwords_diagnostic(line, &d, r->a))
		out_event("diagnostic", json_pack("{s:s, s:o, s:i, s:o, s:o}", "severity", d.severity, "file", out_string(from_here(r, d.place.file)),
						  "line", d.place.line, "column", d.place.column ? json_integer(d.place.column) : json_null(), "text", out_string(d.text)));
}

static void relay(struct run *r, const char *line)
{
	const char *shown = toolwords_shown(line);

	out_progress(NULL);
	if (shown) {
		event(r, shown);
		out_relay(shown);
	}
	if (r->in_failed)
		toolwords_read(&r->words, line, r->a);
}

/* "out/v7em/hello.elf out/v7em/hello.img ": the first; an object is alone, and may have blanks in its name. */
static void read_failed(struct run *r, const char *outputs)
{
	size_t size = strstr(outputs, "/obj/") ? strlen(outputs) - 1 : strcspn(outputs, " ");

	if (!r->failed)
		r->failed = arena_printf(r->a, "%.*s", (int)size, outputs);
	r->command_follows = r->in_failed = true;
}

static void read_line(struct run *r, const char *line)
{
	if (r->command_follows)
		r->command_follows = false;
	else if (!strncmp(line, STATUS, strlen(STATUS)))
		read_status(r, line + strlen(STATUS));
	else if (!strncmp(line, "FAILED: ", 8))
		read_failed(r, line + 8);
	else if (!strncmp(line, "ninja: error: ", 14) || !strncmp(line, "ninja: fatal: ", 14))
		r->complaint = arena_printf(r->a, "%s", line + 14);
	else if (!strncmp(line, "{\"v\":", 5))
		read_result(r, line);
	else if (strncmp(line, "ninja: ", 7))
		relay(r, line);
}

static int failure(const struct run *r, int status, struct err *e)
{
	if (r->complaint && strstr(r->complaint, "No space left")) {
		err_set(e, ERR_DISK_FULL, "ninja cannot keep its records: the disk is full");
		return err_fix(e, "make room, then build again");
	}
	if (r->words.kind != TOOLWORDS_NOTHING || (r->failed && !r->sealed.code)) {
		toolwords_err(&r->words, r->failed, r->a, e);
		if (*e->file)
			snprintf(e->file, sizeof(e->file), "%s", from_here(r, arena_printf(r->a, "%s", e->file)));
		return e->code;
	}
	if (r->sealed.code) {
		*e = r->sealed;
		return e->code;
	}
	if (r->complaint)
		return err_set(e, ERR_NINJA, "ninja: %s", r->complaint);
	return err_set(e, ERR_NINJA_ENDED, "ninja ended with status %d", status);
}

static const char *const *command(const char *file, const char *const targets[], struct arena *a)
{
	struct list argv = { 0 };
	const char *const fixed[] = { "ninja", "-k", "0", "-f", file };

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		list_push(&argv, a, (void *)fixed[i]);
	for (; targets && *targets; targets++)
		list_push(&argv, a, (void *)*targets);
	list_push(&argv, a, NULL);
	return (const char *const *)argv.at;
}

int ninja_run(const char *folder, const char *file, const char *const targets[], struct arena *a,
	      uint32_t *steps, struct err *e)
{
	struct run r = { .a = a, .folder = folder };
	struct process p;
	char line[LINE_SIZE];
	int more;

	setenv("NINJA_STATUS", STATUS "%f %t ", 1);
	process_catch_interrupt();
	int rc = process_start(command(file, targets, a), folder, &p, e);
	if (rc < 0)
		return rc;

	while ((more = process_line(&p, line, sizeof(line), UINT64_MAX)) > 0)
		read_line(&r, line);
	out_progress(NULL);
	if (more < 0) {
		process_stop(&p);
		return err_set(e, more, "stopped");
	}
	if (steps)
		*steps = r.steps;
	return p.status ? failure(&r, p.status, e) : MS_OK;
}
