/* SPDX-License-Identifier: Apache-2.0 */
#include "coverage.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "file.h"
#include "out.h"
#include "process.h"
#include "testfile.h"

/* "out/test/obj/src/main.c" of each source that somebody wrote: gcov knows .gcno and .gcda by it. */
static int stems(const struct project *p, struct arena *a, struct list *out, struct err *e)
{
	struct list sources = { 0 };
	int rc = buildfile_sources(p, a, &sources, e);

	for (size_t i = 0; rc >= 0 && i < sources.count; i++) {
		const char *object = testfile_object(sources.at[i], a);

		if (strncmp(sources.at[i], "out/", 4))
			list_push(out, a, arena_printf(a, "%.*s", (int)strlen(object) - 2, object));
	}
	return rc;
}

int coverage_forget(const struct project *p, struct arena *a, struct err *e)
{
	struct list all = { 0 };
	int rc = stems(p, a, &all, e);

	for (size_t i = 0; rc >= 0 && i < all.count; i++)
		rc = file_remove(path_join(a, p->root, arena_printf(a, "%s.gcda", (char *)all.at[i])), e);
	return rc;
}

static struct coverage_file *file_of(struct coverage *c, const char *path, struct arena *a)
{
	struct coverage_file *f;

	for (size_t i = 0; i < c->files.count; i++) {
		f = c->files.at[i];
		if (!strcmp(f->path, path))
			return f;
	}
	f = arena_new(a, struct coverage_file);
	f->path = arena_printf(a, "%s", path);
	list_push(&c->files, a, f);
	return f;
}

static struct coverage_line *line_of(struct coverage_file *f, uint32_t number, struct arena *a)
{
	struct coverage_line *l;

	for (size_t i = f->lines.count; i; i--) {	/* they come in order, but for a header's second source */
		l = f->lines.at[i - 1];
		if (l->number == number)
			return l;
	}
	l = arena_new(a, struct coverage_line);
	l->number = number;
	list_push(&f->lines, a, l);
	return l;
}

static uint64_t count_of(json_t *object)
{
	json_int_t count = json_integer_value(json_object_get(object, "count"));

	return count > 0 ? (uint64_t)count : 0;
}

/* The same line from another source, or for another function, has the same branches or is another piece of code. */
static void add_branches(struct coverage_line *l, json_t *branches, struct arena *a)
{
	size_t count = json_array_size(branches);
	bool same = l->branches.count == count;

	for (size_t i = 0; i < count; i++) {
		uint64_t taken = count_of(json_array_get(branches, i));

		if (same) {
			*(uint64_t *)l->branches.at[i] += taken;
			continue;
		}
		uint64_t *branch = arena_new(a, uint64_t);
		*branch = taken;
		list_push(&l->branches, a, branch);
	}
}

/* Headers of the SDK have absolute paths. */
static void add_file(struct coverage *c, json_t *file, struct arena *a)
{
	const char *path = json_string_value(json_object_get(file, "file"));
	json_t *lines = json_object_get(file, "lines"), *line;
	size_t i;

	if (!path || *path == '/' || !json_array_size(lines))
		return;
	struct coverage_file *f = file_of(c, strncmp(path, "./", 2) ? path : path + 2, a);

	json_array_foreach(lines, i, line) {
		struct coverage_line *l = line_of(f, (uint32_t)json_integer_value(json_object_get(line, "line_number")), a);

		l->count += count_of(line);
		add_branches(l, json_object_get(line, "branches"), a);
	}
}

static int by_number(const void *left, const void *right)
{
	const struct coverage_line *const *l = left, *const *r = right;

	return (*l)->number < (*r)->number ? -1 : (*l)->number > (*r)->number;
}

static int by_missing(const void *left, const void *right)
{
	const struct coverage_file *l = *(struct coverage_file *const *)left, *r = *(struct coverage_file *const *)right;
	uint32_t of_left = coverage_missing(l->lines_run), of_right = coverage_missing(r->lines_run);

	if (of_left != of_right)
		return of_left > of_right ? -1 : 1;
	return strcmp(l->path, r->path);
}

static void add_share(struct coverage_share *to, struct coverage_share s)
{
	to->covered += s.covered;
	to->all += s.all;
}

static void count_file(struct coverage_file *f)
{
	qsort(f->lines.at, f->lines.count, sizeof(*f->lines.at), by_number);
	for (size_t i = 0; i < f->lines.count; i++) {
		const struct coverage_line *l = f->lines.at[i];

		add_share(&f->lines_run, (struct coverage_share){ l->count > 0, 1 });
		for (size_t k = 0; k < l->branches.count; k++)
			add_share(&f->branches_taken, (struct coverage_share){ *(uint64_t *)l->branches.at[k] > 0, 1 });
	}
}

static void count_all(struct coverage *c)
{
	for (size_t i = 0; i < c->files.count; i++) {
		struct coverage_file *f = c->files.at[i];

		count_file(f);
		add_share(&c->lines_run, f->lines_run);
		add_share(&c->branches_taken, f->branches_taken);
	}
	if (c->files.count)
		qsort(c->files.at, c->files.count, sizeof(*c->files.at), by_missing);
}

/* gcov prints an object a line for each source. */
static int read_words(struct coverage *c, char *words, struct arena *a, struct err *e)
{
	for (char *line = strtok(words, "\n"); line; line = strtok(NULL, "\n")) {
		json_t *said = json_loads(line, 0, NULL), *files = json_object_get(said, "files"), *file;
		size_t i;

		if (!json_is_array(files)) {
			json_decref(said);
			return err_set(e, ERR_TOOL_FAILED, "gcov says '%.60s', which is no coverage", line);
		}
		json_array_foreach(files, i, file)
			add_file(c, file, a);
		json_decref(said);
	}
	return MS_OK;
}

int coverage_read(const struct project *p, struct arena *a, struct coverage *out, struct err *e)
{
	struct list argv = { 0 }, known = { 0 };
	struct process_result r;

	*out = (struct coverage){ 0 };
	list_push(&argv, a, (void *)"gcov");
	list_push(&argv, a, (void *)"--json-format");
	list_push(&argv, a, (void *)"--branch-probabilities");
	list_push(&argv, a, (void *)"--stdout");
	int rc = stems(p, a, &known, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < known.count; i++)
		list_push(&argv, a, arena_printf(a, "%s.gcda", (char *)known.at[i]));
	list_push(&argv, a, NULL);
	rc = process_run((const char *const *)argv.at, p->root, a, &r, e);
	if (rc < 0)
		return rc;
	if (r.status)
		return err_set(e, ERR_TOOL_FAILED, "gcov ended with status %d: %.200s", r.status, arena_string(a, r.err));
	rc = read_words(out, arena_string(a, r.out), a, e);
	if (rc >= 0)
		count_all(out);
	return rc;
}

const char *coverage_share_text(struct coverage_share s, struct arena *a)
{
	uint32_t tenths = s.all ? (uint32_t)((uint64_t)s.covered * 1000 / s.all) : 1000;

	return arena_printf(a, "%u.%u %% (%u of %u)", tenths / 10, tenths % 10, s.covered, s.all);
}

static json_t *share_json(struct coverage_share s)
{
	return json_pack("{s:I, s:I}", "covered", (json_int_t)s.covered, "all", (json_int_t)s.all);
}

static json_t *missing_json(const struct coverage_file *f)
{
	json_t *missing = json_array();

	for (size_t i = 0; i < f->lines.count; i++) {
		const struct coverage_line *l = f->lines.at[i];

		if (!l->count)
			json_array_append_new(missing, json_integer(l->number));
	}
	return missing;
}

static void tell_json(const struct coverage *c)
{
	for (size_t i = 0; i < c->files.count; i++) {
		const struct coverage_file *f = c->files.at[i];

		out_event("coverage", json_pack("{s:o, s:o, s:o, s:o}", "file", out_string(f->path), "lines", share_json(f->lines_run),
						"branches", share_json(f->branches_taken), "missing", missing_json(f)));
	}
	out_field("lines", share_json(c->lines_run));
	out_field("branches", share_json(c->branches_taken));
}

int coverage_tell(const struct project *p, struct arena *a, struct err *e)
{
	struct coverage c;
	int rc = coverage_read(p, a, &c, e);

	if (rc >= 0)
		rc = coverage_write(p, &c, a, e);
	if (rc < 0)
		return rc;

	const char *page = path_join(a, p->root, COVERAGE_FOLDER "/index.html");

	out_line("lines %s, branches %s: %s", coverage_share_text(c.lines_run, a), coverage_share_text(c.branches_taken, a), path_shown(a, page));
	tell_json(&c);
	out_field("page", out_string(page));
	return MS_OK;
}
