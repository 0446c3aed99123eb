/* SPDX-License-Identifier: Apache-2.0 */
#include "testflags.h"

#include <string.h>

#include "buildflags.h"
#include "file.h"

static void push(struct list *words, struct arena *a, const char *word)
{
	list_push(words, a, (void *)word);
}

static void push_pair(struct list *words, struct arena *a, const char *option, const char *value)
{
	push(words, a, option);
	push(words, a, value);
}

/*
 * Accesses to NULL and divisions by zero are not looked for: they fault, and
 * are reported as the device's.  Of accesses past an object the address sanitizer says more.
 */
static void push_sanitizers(const struct testfile *t, const char *memory, struct arena *a, struct list *words)
{
	if (!t->sanitize)
		return;
	push(words, a, arena_printf(a, "-fsanitize=%s,undefined", memory));
	push(words, a, "-fno-sanitize=null,integer-divide-by-zero,object-size");
	push(words, a, "-fno-sanitize-recover=all");
	push(words, a, "-fno-omit-frame-pointer");
}

static void push_common(const struct testfile *t, const char *memory, struct arena *a, struct list *words)
{
	push(words, a, "-D_DEFAULT_SOURCE");
	push(words, a, "-O1");
	push(words, a, "-g");
	push(words, a, "-Wall");
	push(words, a, "-Wextra");
	push(words, a, "-ffile-prefix-map=" BUILD_FOLDER "=.");
	push_sanitizers(t, memory, a, words);
}

int testflags_service(const struct testfile *t, struct arena *a, struct list *words, struct err *e)
{
	const struct buildfile *b = &t->build;
	struct list libraries = { 0 };

	int rc = sdk_target_flags(b->sdk, "sim", a, words, e);
	if (rc >= 0)
		rc = buildflags_chosen(b, "sim", a, &libraries, e);
	if (rc < 0)
		return rc;

	push(words, a, arena_printf(a, "-std=%s", b->project->c_std));
	push_common(t, t->orders ? "thread" : "address", a, words);
	if (t->orders && !t->sanitize)
		push(words, a, "-fsanitize=thread");
	if (t->orders)
		push(words, a, "--param=tsan-instrument-func-entry-exit=0");
	push(words, a, "-fsanitize-coverage=trace-pc");	/* points at which another thread may go on: hostsim/schedule.h */
	buildflags_headers(b, "sim", false, &libraries, a, words);
	push_pair(words, a, "-include", sdk_path(b->sdk, a, "targets/sim/local.h"));
	buildflags_manifest(b, a, words);
	return MS_OK;
}

/*
 * For what runs to be counted by lines the code stays as it was written, and what the undefined-behaviour sanitizer would
 * ask is not counted. Sections by name are what the prelinker tells the counters by. Comparisons are told to who makes inputs (hostsim/blocks.h).
 */
int testflags_own(const struct testfile *t, struct arena *a, struct list *words, struct err *e)
{
	static const char *const counting[] = {
		"-O0", "-fprofile-arcs", "-ftest-coverage", "-fprofile-update=atomic", "-fdata-sections", "-fno-sanitize=undefined",
	};
	int rc = testflags_service(t, a, words, e);

	for (size_t i = 0; rc >= 0 && t->coverage && i < sizeof(counting) / sizeof(*counting); i++)
		push(words, a, counting[i]);
	if (rc >= 0 && t->fuzz)
		push(words, a, "-fsanitize-coverage=trace-pc,trace-cmp");
	return rc;
}

static bool has(const struct list *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (!strcmp(words->at[i], word))
			return true;
	return false;
}

/* A test sees the headers of the service as its sources do, then the host's; of the SDK's only those the host does not have, and those on which both must agree. */
void testflags_test(const struct testfile *t, const struct list *sources, struct arena *a, struct list *words)
{
	const struct buildfile *b = &t->build;

	push(words, a, "-std=gnu17");
	push(words, a, "-fno-pie");
	push_common(t, "address", a, words);
	for (size_t i = 0; i < sources->count; i++) {
		const char *folder = arena_printf(a, "-I%s", path_folder(a, sources->at[i]));

		if (!has(words, folder))
			push(words, a, folder);
	}
	for (uint32_t i = 0; i < b->project->include_dirs.count; i++)
		push(words, a, arena_printf(a, "-I%s", b->project->include_dirs.at[i]));
	if (interface_any(b->project))
		push(words, a, "-I" INTERFACE_FOLDER);
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "hostsim/agree"));
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "hostsim/include"));
	push_pair(words, a, "-idirafter", sdk_path(b->sdk, a, "include"));
}

int testflags_prelink(const struct testfile *t, struct arena *a, struct list *words, struct list *files, struct err *e)
{
	const struct buildfile *b = &t->build;
	const char *start = sdk_path(b->sdk, a, "targets/sim/lib/start.o");
	const char *ms = sdk_path(b->sdk, a, "targets/sim/lib/libms.a");
	const char *c = sdk_path(b->sdk, a, "targets/sim/picolibc/lib/libc.a");
	struct list libraries = { 0 }, others = { 0 };

	int rc = buildflags_chosen(b, "sim", a, &libraries, e);
	if (rc >= 0)
		rc = buildfile_library_files(b->project, "sim", a, &others, e);
	if (rc < 0)
		return rc;

	push_pair(words, a, "--simulation", sdk_path(b->sdk, a, "hostsim/ms-sim.o"));
	push_pair(words, a, "--whole", start);
	push_pair(words, a, "--whole", ms);
	for (size_t i = 0; i < others.count; i++) {
		push_pair(words, a, strrchr(others.at[i], '.')[1] == 'o' ? "--whole" : "--library", others.at[i]);
		push(files, a, others.at[i]);
	}
	for (size_t i = 0; i < libraries.count; i++) {
		const struct sdk_library *l = libraries.at[i];

		push_pair(words, a, "--library", l->file);
		push(files, a, l->file);
	}
	push_pair(words, a, "--library", c);
	push(files, a, start);
	push(files, a, ms);
	push(files, a, c);
	return MS_OK;
}

void testflags_link(const struct testfile *t, struct arena *a, struct list *words)
{
	push(words, a, "-no-pie");
	push(words, a, "-g");
	if (t->coverage)
		push(words, a, "--coverage");
	push_sanitizers(t, "address", a, words);
}

void testflags_libraries(const struct testfile *t, struct arena *a, struct list *words)
{
	push(words, a, sdk_path(t->build.sdk, a, "hostsim/ms-sim.o"));
	push(words, a, "-Wl,--wrap=_cmocka_run_group_tests,--wrap=_skip");
	push(words, a, "-lcmocka");
	push(words, a, "-ldw");
}
