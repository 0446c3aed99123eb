/* SPDX-License-Identifier: Apache-2.0 */
#include "toolchain.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "opt.h"
#include "process.h"

enum { SMALL_FILE_MAX = 16 << 10 };

char *sdk_path(const struct sdk *s, struct arena *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *inside = arena_vprintf(a, format, args);
	va_end(args);
	return path_join(a, s->root, inside);
}

bool sdk_has_target(const struct sdk *s, uint8_t target)
{
	for (uint32_t i = 0; i < s->target_count; i++)
		if (s->targets[i] == target)
			return true;
	return false;
}

/* The folder that was asked for, or the one beside the folder of this program. */
static const char *sdk_root(struct arena *a)
{
	const char *set = getenv("MS_SDK");
	const char *self = path_real(a, "/proc/self/exe");

	if (set && *set)
		return path_absolute(a, set);
	return path_join(a, path_folder(a, path_folder(a, self ? self : "/")), "lib/ms-sdk");
}

static int check_version(const struct sdk *s, const char *version, struct arena *a, struct err *e)
{
	const char *path = sdk_path(s, a, "VERSION");
	struct bytes content;

	if (!file_exists(path))
		return err_set(e, ERR_NO_SDK, "there is no SDK in '%s'", s->root);
	int rc = file_read(path, SMALL_FILE_MAX, a, &content, e);
	if (rc < 0)
		return rc;

	char *theirs = arena_string(a, content);
	theirs[strcspn(theirs, "\n")] = '\0';
	if (strcmp(theirs, version))
		return err_set(e, ERR_SDK_VERSION, "the SDK in '%s' is version %s, this ms is %s", s->root, theirs, version);
	return MS_OK;
}

static int find(const char *version, struct sdk *s, struct arena *a, struct err *e)
{
	s->root = sdk_root(a);
	int rc = check_version(s, version, a, e);
	if (rc < 0)
		return rc;

	for (uint8_t target = 1; target_name(target); target++)
		if (file_exists(sdk_path(s, a, "targets/%s/cflags", target_name(target))))
			s->targets[s->target_count++] = target;
	if (!s->target_count)
		return err_set(e, ERR_SDK_INCOMPLETE, "the SDK in '%s' is not complete: it has no target", s->root);
	/* The compiler is told to record the SDK's folder by another name, as OLD=NEW. */
	if (strchr(s->root, '='))
		return err_set(e, ERR_SDK_INCOMPLETE, "the SDK's folder '%s' has a '=' in its name", s->root);
	return MS_OK;
}

int sdk_find(const char *version, struct arena *a, struct sdk *out, struct err *e)
{
	struct sdk s = { 0 };

	int rc = find(version, &s, a, e);
	if (rc < 0)
		return err_fix(e, "%s", getenv("MS_SDK") ? "unset MS_SDK, or let it name an installed lib/ms-sdk" :
							   "install it with ./install.sh");
	*out = s;
	return MS_OK;
}

int sdk_boards(const struct sdk *s, struct arena *a, struct list *names, struct err *e)
{
	struct list all = { 0 };

	int rc = file_list(sdk_path(s, a, "boards"), a, &all, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < all.count; i++)
		if (file_exists(sdk_path(s, a, "boards/%s/runtime.elf", (char *)all.at[i])))
			list_push(names, a, all.at[i]);
	return MS_OK;
}

int sdk_board(const struct sdk *s, const char *name, struct arena *a, struct board *out, struct err *e)
{
	struct text known = { 0 };
	struct list names = { 0 };
	struct err ignored = { 0 };

	if (!strchr(name, '/') && file_exists(sdk_path(s, a, "boards/%s/runtime.elf", name)))
		return board_open(sdk_path(s, a, "boards/%s/board.dtb", name), a, out, e);

	sdk_boards(s, a, &names, &ignored);
	for (size_t i = 0; i < names.count; i++)
		text_add(&known, a, "%s%s", i ? ", " : "", (char *)names.at[i]);
	err_set(e, ERR_NO_BOARD, "there is no board '%s'", name);
	const char *near = opt_nearest(name, (const char *const *)names.at, names.count);

	if (near)
		return err_fix(e, "did you mean '%s'? The SDK has: %s", near, known.at);
	return err_fix(e, "the SDK has: %s", known.size ? known.at : "none");
}

/* The libraries of one package: lib<name>.a in its lib/. */
static int package_libraries(const char *package, struct arena *a, struct list *libraries, struct err *e)
{
	const char *folder = path_join(a, package, "lib");
	const char *include = path_join(a, package, "include");
	struct list files = { 0 };

	if (!file_is_folder(folder))
		return MS_OK;
	int rc = file_list(folder, a, &files, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < files.count; i++) {
		const char *name = files.at[i];
		size_t size = strlen(name);

		if (size < 6 || strncmp(name, "lib", 3) || strcmp(name + size - 2, ".a"))
			continue;
		struct sdk_library *l = arena_new(a, struct sdk_library);
		l->name = arena_printf(a, "%.*s", (int)size - 5, name + 3);
		l->file = path_join(a, folder, name);
		l->include = file_is_folder(include) ? include : NULL;
		list_push(libraries, a, l);
	}
	return MS_OK;
}

int sdk_libraries(const struct sdk *s, const char *target, struct arena *a, struct list *libraries, struct err *e)
{
	const char *folder = sdk_path(s, a, "targets/%s", target);
	struct list packages = { 0 };

	int rc = file_list(folder, a, &packages, e);
	for (size_t i = 0; rc >= 0 && i < packages.count; i++)
		if (strcmp(packages.at[i], "picolibc") && strcmp(packages.at[i], "newlib"))	/* they are linked anyway */
			rc = package_libraries(path_join(a, folder, packages.at[i]), a, libraries, e);
	return rc;
}

static int read_flags(const char *path, struct arena *a, struct list *words, struct err *e)
{
	struct bytes line;

	int rc = file_read(path, SMALL_FILE_MAX, a, &line, e);
	if (rc < 0)
		return rc;

	char *left, *text = arena_string(a, line);
	for (char *word = strtok_r(text, " \n", &left); word; word = strtok_r(NULL, " \n", &left))
		list_push(words, a, word);
	return MS_OK;
}

int sdk_target_flags(const struct sdk *s, const char *target, struct arena *a, struct list *words, struct err *e)
{
	return read_flags(sdk_path(s, a, "targets/%s/cflags", target), a, words, e);
}

int sdk_fixed_flags(const struct sdk *s, const char *target, struct arena *a, struct list *words, struct err *e)
{
	return read_flags(sdk_path(s, a, "targets/%s/newlib/cflags", target), a, words, e);
}

/* One question to the compiler, answered by one line. */
static int ask(const char *compiler, const char *question, struct arena *a, const char **answer, struct err *e)
{
	const char *const argv[] = { compiler, question, NULL };
	struct process_result r;

	int rc = process_run(argv, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	if (r.status)
		return err_set(e, ERR_TOOL_FAILED, "'%s %s' failed with status %d", compiler, question, r.status);

	char *line = arena_string(a, r.out);
	line[strcspn(line, "\n")] = '\0';
	*answer = line;
	return MS_OK;
}

/* What tells a program from another one at the same path. */
static char *fingerprint(const char *path, struct arena *a)
{
	struct stat st = { 0 };

	stat(path, &st);
	return arena_printf(a, "%s %lld %lld.%09ld %llu", path, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
			    st.st_mtim.tv_nsec, (unsigned long long)st.st_ino);
}

/* The cache: the fingerprint, then the answers, a line each. */
static bool read_cache(const char *cache, const char *print, struct arena *a, struct compiler *c)
{
	const char **field[] = { NULL, &c->version, &c->include, &c->include_fixed };
	struct err ignored = { 0 };
	struct bytes content;

	if (!cache || !file_exists(cache) || file_read(cache, SMALL_FILE_MAX, a, &content, &ignored) < 0)
		return false;

	char *left, *line = strtok_r(arena_string(a, content), "\n", &left);
	if (!line || strcmp(line, print))
		return false;
	for (size_t i = 1; i < sizeof(field) / sizeof(*field); i++) {
		*field[i] = strtok_r(NULL, "\n", &left);
		if (!*field[i])
			return false;
	}
	return true;
}

int compiler_find(const char *name, const char *cache, struct arena *a, struct compiler *out, struct err *e)
{
	struct compiler c = { .name = name, .path = process_find(name, a) };

	if (!c.path)
		return process_missing(name, e);
	const char *print = fingerprint(c.path, a);
	if (!read_cache(cache, print, a, &c)) {
		bool is_gcc = strcmp(name, COMPILER_CLANG) != 0;
		int rc = ask(name, is_gcc ? "-dumpfullversion" : "-dumpversion", a, &c.version, e);
		if (rc >= 0)
			rc = ask(name, "-print-file-name=include", a, &c.include, e);
		if (rc >= 0)
			rc = ask(name, is_gcc ? "-print-file-name=include-fixed" : "-print-resource-dir", a, &c.include_fixed, e);
		if (rc >= 0 && cache) {
			const char *text = arena_printf(a, "%s\n%s\n%s\n%s\n", print, c.version, c.include, c.include_fixed);
			rc = file_update(cache, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, a, NULL, e);
		}
		if (rc < 0)
			return rc;
	}

	*out = c;
	return MS_OK;
}
