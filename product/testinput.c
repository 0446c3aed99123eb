/* SPDX-License-Identifier: Apache-2.0 */
#include "testinput.h"

#include <string.h>

#include "file.h"
#include "name.h"
#include "testfile.h"

enum { BESIDE_MAX = 11 };	/* hostsim/simlayout.h has room for twelve */

static bool is_program(const char *source)
{
	return !strncmp(path_name(source), "test_", 5) || !strncmp(path_name(source), "fuzz_", 5);
}

/* Ninja's files have a line for each. */
static int find(const struct project *p, const char *pattern, struct arena *a, struct list *paths, struct err *e)
{
	int rc = file_glob(p->root, pattern, a, paths, e);

	for (size_t i = 0; rc >= 0 && i < paths->count; i++) {
		if (!strpbrk(paths->at[i], "\r\n"))
			continue;
		rc = err_set(e, ERR_SOURCE_NAME, "a file of 'tests' has a line break in its name");
		err_fix(e, "rename it");
	}
	return rc;
}

static int add_programs(const struct project *p, const char *pattern, bool fuzzed, struct arena *a, struct list *programs, struct err *e)
{
	struct list sources = { 0 };
	int rc = find(p, pattern, a, &sources, e);

	for (size_t i = 0; rc >= 0 && i < sources.count; i++) {
		struct test_program *t = arena_new(a, struct test_program);
		const char *file = path_name(sources.at[i]);

		t->source = sources.at[i];
		t->name = arena_printf(a, "%.*s", (int)strlen(file) - 2, file);
		t->path = arena_printf(a, "out/test/%s", t->name);
		t->fuzzed = fuzzed;
		list_push(programs, a, t);
	}
	return rc;
}

int testfile_programs(const struct project *p, bool fuzzed_too, struct arena *a, struct list *programs, struct err *e)
{
	int rc = add_programs(p, "tests/test_*.c", false, a, programs, e);

	if (rc >= 0 && fuzzed_too)
		rc = add_programs(p, "tests/fuzz_*.c", true, a, programs, e);
	if (rc < 0 || programs->count)
		return rc;
	err_set(e, ERR_NO_TESTS, "'%s' has no tests", p->name);
	return err_fix(e, "write the first: tests/test_%s.c; 'ms new' makes one", p->name);
}

static int find_helpers(const struct project *p, struct arena *a, struct testinput *out, struct err *e)
{
	struct list all = { 0 };

	int rc = find(p, "tests/*.c", a, &all, e);
	for (size_t i = 0; rc >= 0 && i < all.count; i++)
		if (!is_program(all.at[i]))
			list_push(&out->helpers, a, all.at[i]);
	return rc;
}

static int check_beside(const struct project *p, const struct testinput *in, const char *name, const char *where, struct err *e)
{
	if (!strcmp(name, p->name))
		return err_set(e, ERR_TEST_BESIDE, "'%s' has the name of the service that is tested", where);
	if (in->beside.count == BESIDE_MAX)
		return err_set(e, ERR_TEST_BESIDE, "there are more than %d services in 'tests/services' and 'test-with'", BESIDE_MAX);
	if (name_check(name, e) < 0) {
		e->code = -MS_EPROJECT;
		return err_at(e, where, 0, 0);
	}
	return MS_OK;
}

static int find_beside(const struct project *p, struct arena *a, struct testinput *out, struct err *e)
{
	struct list all = { 0 };
	struct beside *b = NULL;

	int rc = find(p, "tests/services/*/*.c", a, &all, e);
	for (size_t i = 0; rc >= 0 && i < all.count; i++) {
		const char *name = path_name(path_folder(a, all.at[i]));

		if (!b || strcmp(b->name, name)) {
			rc = check_beside(p, out, name, arena_printf(a, "tests/services/%s", name), e);
			b = arena_new(a, struct beside);
			b->name = name;
			list_push(&out->beside, a, b);
		}
		list_push(&b->sources, a, all.at[i]);
	}
	return rc;
}

char *testinput_generated(const struct beside *b, struct arena *a)
{
	return arena_printf(a, "out/test/services/%s/include", b->name);
}

/* A project beside the one that is tested, with what its sources include of ms. */
static int add_project(const struct project *p, uint32_t i, const char *sdk_version, struct arena *a, struct testinput *out, struct err *e)
{
	struct beside *b = arena_new(a, struct beside);

	b->folder = p->test_with.at[i];
	b->project = arena_new(a, struct project);
	int rc = project_read(path_join(a, p->root, b->folder), sdk_version, a, b->project, e);
	if (rc < 0)
		return rc;
	b->name = b->project->name;
	rc = check_beside(p, out, b->name, b->folder, e);
	if (rc < 0)
		return project_err(p, arena_printf(a, "test-with[%u]", i), e);
	rc = buildfile_sources(b->project, a, &b->sources, e);
	if (rc >= 0)
		rc = interface_headers(b->project, path_join(a, p->root, testinput_generated(b, a)), a, e);
	list_push(&out->beside, a, b);
	return rc;
}

int testinput_find(const struct project *p, const char *sdk_version, struct arena *a, struct testinput *out, struct err *e)
{
	int rc = find_helpers(p, a, out, e);

	if (rc >= 0)
		rc = find_beside(p, a, out, e);
	for (uint32_t i = 0; rc >= 0 && i < p->test_with.count; i++)
		rc = add_project(p, i, sdk_version, a, out, e);
	return rc;
}
