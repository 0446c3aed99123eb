/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of somebody's files become the service's.
 *
 * Those that the build before named; without one all but what by its name is
 * a test or an example.  At most one of them has the service's main: what is started with arguments is
 * a program for a command line, and left out where there is anything else to take.
 */
#include "import_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "file.h"
#include "importfolder.h"

#define OWN_RUNTIME "uService.h"

/* "test", "tests", "test_x", "x_test", "example1": a folder or a file that is not the thing itself. */
static bool is_aside(const char *path)
{
	static const char *const words[] = { "test", "example", "demo", "sample", "bench", "fuzz", "contrib", "doc", "docs", "unittest" };

	for (const char *at = path; *at;) {
		size_t size = strcspn(at, "/"), stem = size;

		while (stem > 1 && at[size] != '/' && at[stem] != '.')
			stem--;
		if (at[size] == '/')
			stem = size;
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
			size_t word = strlen(words[i]);

			if (stem >= word && !strncasecmp(at, words[i], word) && (stem == word || at[word] == 's' || strchr("_-0123456789", at[word])))
				return true;
			if (stem > word && !strncasecmp(at + stem - word, words[i], word) && strchr("_-", at[stem - word - 1]))
				return true;
		}
		at += size + (at[size] == '/');
	}
	return false;
}

static void leave(struct import *m, struct arena *a, struct import_file *f, const struct import_word *at, const char *why)
{
	f->fate = IMPORT_LEFT;
	f->why = why;
	import_tell(m, a, REMARK_LEFT, f, at, path_name(f->path), why);
}

/* A library may be headers alone. */
static size_t choose_headers(struct import *m)
{
	size_t chosen = 0;

	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *f = m->files.at[i];

		if (f->kind != IMPORT_HEADER || is_aside(f->path))
			continue;
		f->fate = IMPORT_TAKEN;
		chosen++;
	}
	return chosen;
}

static void choose_sources(struct import *m)
{
	const struct list *from = m->build.file ? &m->build.sources : &m->files;
	size_t chosen = 0;

	for (size_t i = 0; i < from->count; i++) {
		struct import_file *f = from->at[i];

		if (f->kind != IMPORT_C || is_aside(f->path))
			continue;
		f->fate = IMPORT_BUILT;
		chosen++;
	}
	if (!chosen)
		chosen = choose_headers(m);
	/* A project may be all tests; then that is what it is. */
	for (size_t i = 0; !chosen && m->build.file && i < from->count; i++) {
		struct import_file *f = from->at[i];

		if (f->kind == IMPORT_C)
			f->fate = IMPORT_BUILT;
	}
}

/* What cannot be compiled is told of where somebody may expect it to be. */
static void tell_other_languages(struct import *m, struct arena *a)
{
	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *f = m->files.at[i];

		if (is_aside(f->path))
			continue;
		if (f->kind == IMPORT_CXX)
			leave(m, a, f, NULL, "it is C++: name it in 'sources' if it does without exceptions, RTTI and the C++ library (docs/build.md)");
		else if (f->kind == IMPORT_ASSEMBLY)
			leave(m, a, f, NULL, "it is assembly, which 'ms test' cannot run on this computer: write it in C, or add it to 'sources' once it follows docs/abi.md");
	}
}

static size_t count_taken(const struct import *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->files.count; i++)
		count += ((const struct import_file *)m->files.at[i])->fate != IMPORT_LEFT;
	return count;
}

static size_t count_built(const struct import *m, bool with_main)
{
	size_t count = 0;

	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		count += f->fate == IMPORT_BUILT && (with_main || !f->main_line);
	}
	return count;
}

/* One main is the service's; of several none, but the only one that takes no arguments. */
static void choose_program(struct import *m, struct arena *a)
{
	struct import_file *plain = NULL;
	size_t all = count_built(m, true), others = count_built(m, false), plains = 0;

	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *f = m->files.at[i];

		if (f->fate != IMPORT_BUILT || !f->main_line || (f->main_has_arguments && (others || all - others > 1)))
			continue;
		plain = f;
		plains++;
	}
	m->program = plains == 1 ? plain : NULL;
	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *f = m->files.at[i];
		const struct import_word at = { .line = f->main_line, .column = 1 };

		if (f->fate != IMPORT_BUILT || !f->main_line || f == m->program)
			continue;
		leave(m, a, f, &at, f->main_has_arguments ? "a program for a command line: name it in 'sources' instead of service/main.c to make its main the service's"
							  : "a program of its own: name it in 'sources' instead of service/main.c to make its main the service's");
	}
}

/* The compiler has some of its own. */
static bool sdk_has(const char *const *headers, const char *name, struct arena *a)
{
	static const char *const compilers[] = {
		"stdarg.h", "stddef.h", "stdint.h", "stdbool.h", "stdalign.h", "stdnoreturn.h", "stdatomic.h", "float.h", "limits.h", "iso646.h", "arm_acle.h",
	};

	for (size_t i = 0; i < sizeof(compilers) / sizeof(*compilers); i++)
		if (!strcmp(name, compilers[i]))
			return true;
	for (; *headers; headers++)
		if (file_exists(path_join(a, *headers, name)))
			return true;
	return false;
}

/* The file that an #include of `f` means; NULL: not one of the folder.  A folder of headers that has to be known for it is added. */
static struct import_file *resolve(struct import *m, const struct import_file *f, const char *name, bool quoted, struct arena *a)
{
	struct import_file *found = NULL;
	char *clean = importfolder_clean(path_join(a, path_folder(a, f->path), name), a);

	if (quoted && clean)
		found = importfolder_find(&m->files, clean);
	for (size_t i = 0; !found && i < m->folders.count; i++) {
		clean = importfolder_clean(path_join(a, m->folders.at[i], name), a);
		found = clean ? importfolder_find(&m->files, clean) : NULL;
	}
	if (found)
		return found;

	/* Somewhere below: the one that is nearest to the top. */
	size_t size = strlen(name);
	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *each = m->files.at[i];
		size_t length = strlen(each->path);

		if (length <= size || each->path[length - size - 1] != '/' || strcmp(each->path + length - size, name))
			continue;
		if (!found || length < strlen(found->path))
			found = each;
	}
	if (found)
		importbuild_add(&m->folders, a, arena_printf(a, "%.*s", (int)(strlen(found->path) - size - 1), found->path));
	return found;
}

static void push_taken(struct list *queue, struct import_file *f, struct arena *a)
{
	if (f->fate != IMPORT_LEFT)
		return;
	f->fate = IMPORT_TAKEN;
	list_push(queue, a, f);
}

static void follow(struct import *m, struct import_file *f, const struct import_word *w, const char *const *headers, struct list *queue, struct arena *a)
{
	bool quoted = w->kind == WORD_INCLUDE_QUOTED;
	struct import_file *found;

	if (!strcmp(w->name, "SysCall.h"))
		return;	/* the SDK's own, whatever the folder has */
	if (!quoted && sdk_has(headers, w->name, a))
		return;
	found = resolve(m, f, w->name, quoted, a);
	if (found) {
		push_taken(queue, found, a);
	} else if (!strcmp(w->name, OWN_RUNTIME)) {
		m->own_runtime = true;
	} else if (!sdk_has(headers, w->name, a)) {
		import_tell(m, a, REMARK_MISSING, f, w, arena_printf(a, quoted ? "\"%s\"" : "<%s>", w->name), NULL);
	}
}

/* Headers of what is taken, and theirs. */
static void follow_includes(struct import *m, const char *const *headers, struct arena *a)
{
	struct list queue = { 0 };

	for (size_t i = 0; i < m->files.count; i++) {
		struct import_file *f = m->files.at[i];

		if (f->fate != IMPORT_LEFT)
			list_push(&queue, a, f);
	}
	for (size_t i = 0; i < queue.count; i++) {
		struct import_file *f = queue.at[i];

		for (size_t k = 0; k < f->words.count; k++) {
			const struct import_word *w = f->words.at[k];

			if (w->kind == WORD_INCLUDE || w->kind == WORD_INCLUDE_QUOTED)
				follow(m, f, w, headers, &queue, a);
		}
	}
}

/* A source that another includes is no source of its own, unless somebody says that it is that, too. */
static void leave_included(struct import *m, struct arena *a)
{
	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		for (size_t k = 0; f->fate == IMPORT_BUILT && k < f->words.count; k++) {
			const struct import_word *w = f->words.at[k];
			size_t size = strlen(w->name);

			if (w->kind != WORD_INCLUDE_QUOTED || size < 3 || strcmp(w->name + size - 2, ".c"))
				continue;
			struct import_file *found = resolve(m, f, w->name, true, a);
			if (found && found->fate == IMPORT_BUILT)
				found->fate = IMPORT_TAKEN;
		}
	}
}

/* What a manifest can say. */
static int check_paths(const struct import *m, struct err *e)
{
	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		if (f->fate == IMPORT_LEFT || !f->path[strspn(f->path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/")])
			continue;
		err_set(e, ERR_SOURCE_NAME, "'%s' has a sign in its name that a manifest cannot say", f->path);
		return err_fix(e, "rename it with letters, digits, '.', '_' and '-'");
	}
	return MS_OK;
}

int import_choose(struct import *m, const char *const *headers, struct arena *a, struct err *e)
{
	m->folders = m->build.folders;
	choose_sources(m);
	if (!count_taken(m)) {
		err_set(e, ERR_IMPORT_NOTHING, "'%s' has no C source", m->folder);
		return err_fix(e, "name the folder in which the .c files are; what lies in folders of tests and examples is not taken");
	}
	if (!m->build.file)
		leave_included(m, a);
	choose_program(m, a);
	if (!count_taken(m)) {
		err_set(e, ERR_IMPORT_NOTHING, "'%s' has several programs, and nothing that they share", m->folder);
		return err_fix(e, "copy the one that is to be the service into a folder of its own, and import that");
	}
	tell_other_languages(m, a);
	follow_includes(m, headers, a);
	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		m->taken += f->fate != IMPORT_LEFT;
		m->built += f->fate == IMPORT_BUILT;
	}
	return check_paths(m, e);
}
