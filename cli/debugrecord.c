/* SPDX-License-Identifier: Apache-2.0 */
#include "debugrecord.h"

#include <stdio.h>
#include <string.h>

#include "crashsources.h"
#include "out.h"

static int find_last(const char *path, struct console_line *out, struct err *e)
{
	struct console_line l;
	char text[CONSOLE_LINE_MAX];
	FILE *f = fopen(path, "re");
	bool found = false;

	if (!f)
		return err_errno(e, "cannot open '%s'", path);
	while (fgets(text, sizeof(text), f)) {
		text[strcspn(text, "\r\n")] = '\0';
		console_parse(text, &l);
		if (l.kind == CONSOLE_FAULT)
			*out = l;
		found |= l.kind == CONSOLE_FAULT;
	}
	fclose(f);
	if (found)
		return MS_OK;
	err_set(e, ERR_NO_RECORD, "no fault record is in '%s'", path);
	return err_fix(e, "keep what the board says: ms monitor --record FILE");
}

static int find_service(struct debug_record *r, const struct crash_sources *s, struct arena *a, struct err *e)
{
	const struct console_fault *f = &r->line.fault;
	const char *why_not = NULL;

	r->service = crash_service_of(s, &r->line, a, &why_not);
	r->text = f->pc - f->offset;
	if (!r->service) {
		err_set(e, ERR_RECORD_SYMBOLS, "the record of '%s' cannot be shown: %s", r->line.service, why_not);
		return err_fix(e, "go to the folder of the project or product that was run, or build what the board has");
	}
	return f->has_offset ? MS_OK : err_set(e, ERR_NO_RECORD, "the record does not say where in the code of '%s' it was", r->line.service);
}

int debugrecord_open(const char *path, const char *board, struct arena *a, struct debug_record *out, struct err *e)
{
	struct crash_sources *s = arena_new(a, struct crash_sources);
	const struct list none = { 0 };

	*out = (struct debug_record){ 0 };
	int rc = find_last(path, &out->line, e);
	if (rc >= 0)
		rc = crashsources_find(&none, board, s, a, e);
	if (rc < 0)
		return rc;
	out->runtime = s->runtime;
	return out->line.fault.kernel ? MS_OK : find_service(out, s, a, e);
}

static void say(const char *text)
{
	out_say("%s", text);
}

void debugrecord_tell(const struct debug_record *r, struct arena *a)
{
	const struct console_fault *f = &r->line.fault;

	say(arena_printf(a, "%s: %s, pc 0x%08x, lr 0x%08x, sp 0x%08x", f->kernel ? "runtime" : r->line.service, f->cause, f->pc, f->lr, f->sp));
	say(arena_printf(a, "a record holds these registers and %u return address%s of the stack; other registers, variables and other threads are not in it", f->call_count,
			 f->call_count == 1 ? "" : "es"));
}
