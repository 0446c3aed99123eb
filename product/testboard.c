/* SPDX-License-Identifier: Apache-2.0 */
#include "testboard.h"

#include <string.h>

#include "file.h"
#include "testinput.h"

/* An eighth of a test's stack (sdk/test/run.c) is its guard. */
#define FRAME_FLAG "-Werror=frame-larger-than=2048"

static void push(struct texts *t, const char *text, struct arena *a)
{
	const char **at = arena_array(a, const char *, t->count + 1);

	for (uint32_t i = 0; i < t->count; i++)
		at[i] = t->at[i];
	at[t->count] = text;
	*t = (struct texts){ at, t->count + 1 };
}

/* A test finds the service's own headers, as on the PC. */
static int push_folders(const struct project *p, struct project *out, struct arena *a, struct err *e)
{
	struct list sources = { 0 };

	int rc = buildfile_sources(p, a, &sources, e);
	for (size_t i = 0; rc >= 0 && i < sources.count; i++) {
		const char *folder = path_folder(a, sources.at[i]);
		bool known = false;

		for (uint32_t k = 0; k < out->include_dirs.count; k++)
			known |= !strcmp(out->include_dirs.at[k], folder);
		if (!known)
			push(&out->include_dirs, folder, a);
	}
	return rc;
}

int testboard_project(const struct project *p, const struct test_program *t, const char *sdk_version, struct arena *a,
		      struct project *out, struct list *beside, struct err *e)
{
	struct testinput input = { 0 };

	if (!p->pie) {
		err_set(e, ERR_FIXED_MODE, "the library that test programs on boards are linked with is not there in fixed mode");
		err_fix(e, "'ms test' without --on tests '%s' on this computer", p->name);
		return project_err(p, "pie", e);
	}
	int rc = testinput_find(p, sdk_version, a, &input, e);
	if (rc < 0)
		return rc;
	*out = *p;
	out->for_board_test = true;
	out->out = arena_printf(a, "out/board/%s", t->name);
	push(&out->sources, t->source, a);
	for (size_t i = 0; i < input.helpers.count; i++)
		push(&out->sources, input.helpers.at[i], a);
	for (size_t i = 0; i < input.beside.count; i++) {
		const struct beside *b = input.beside.at[i];

		if (b->project)
			list_push(beside, a, b->project);
	}
	push(&out->cflags, FRAME_FLAG, a);
	return push_folders(p, out, a, e);
}
