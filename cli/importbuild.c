/* SPDX-License-Identifier: Apache-2.0 */
#include "importbuild.h"

#include <fnmatch.h>
#include <string.h>

#include <jansson.h>

#include "file.h"
#include "importfolder.h"
#include "name.h"

enum { BUILD_FILE_MAX = 8 << 20 };

struct reading {
	const char *root, *real;	/* the imported folder; without links */
	const struct list *files;
	struct arena *a;
	struct import_build *b;
};

void importbuild_add(struct list *l, struct arena *a, const char *text)
{
	for (size_t i = 0; i < l->count; i++)
		if (!strcmp(l->at[i], text))
			return;
	list_push(l, a, (void *)text);
}

static void add_source(struct reading *r, struct import_file *f)
{
	struct list *l = &r->b->sources;

	if (!f || f->kind == IMPORT_HEADER || f->kind == IMPORT_OTHER || f->kind == IMPORT_LICENCE)
		return;
	for (size_t i = 0; i < l->count; i++)
		if (l->at[i] == f)
			return;
	list_push(l, r->a, f);
}

static bool has_folder(const struct reading *r, const char *path)
{
	size_t size = strlen(path);

	for (size_t i = 0; i < r->files->count; i++) {
		const struct import_file *f = r->files->at[i];

		if (!size || (!strncmp(f->path, path, size) && f->path[size] == '/'))
			return true;
	}
	return false;
}

static void add_folder(struct reading *r, const char *path)
{
	char *clean = importfolder_clean(path, r->a);

	if (clean && has_folder(r, clean))
		importbuild_add(&r->b->folders, r->a, clean);
}

/* Only what means the same in a manifest, and what is not said twice in different ways. */
static void add_define(struct reading *r, const char *text)
{
	struct list *l = &r->b->defines;
	struct err ignored;
	const char *value = strchr(text, '=');
	size_t size = strcspn(text, "=");

	if (name_check_define(text, &ignored) < 0 || (value && value[1 + strspn(value + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-()")]))
		return;
	for (size_t i = 0; i < l->count; i++) {
		const char *before = l->at[i];

		if (strncmp(before, text, size) || (before[size] && before[size] != '='))
			continue;
		if (strcmp(before, text))
			l->at[i] = arena_printf(r->a, "%.*s=", (int)size, text);	/* differs: kept as a mark, and dropped at the end */
		return;
	}
	list_push(l, r->a, (void *)text);
}

static void drop_marked(struct list *defines)
{
	size_t kept = 0;

	for (size_t i = 0; i < defines->count; i++) {
		const char *text = defines->at[i];

		if (text[strlen(text) - 1] != '=')
			defines->at[kept++] = defines->at[i];
	}
	defines->count = kept;
}

/* "main.c", "main.o", "src/" "*.c"; a variable's name in front is taken for a folder that this one stands for. */
static void take_source(struct reading *r, char *word)
{
	size_t size = strlen(word);

	if (word[0] == '$' && (word[1] == '(' || word[1] == '{') && strpbrk(word, ")}")) {
		word = strpbrk(word, ")}") + 1;
		word += *word == '/';
		size = strlen(word);
	}
	if (size < 3 || word[size - 2] != '.' || (word[size - 1] != 'c' && word[size - 1] != 'o') || strpbrk(word, "$%"))
		return;
	word[size - 1] = 'c';
	char *clean = importfolder_clean(word, r->a);
	if (!clean)
		return;
	if (!strpbrk(clean, "*?[")) {
		add_source(r, importfolder_find(r->files, clean));
		return;
	}
	for (size_t i = 0; i < r->files->count; i++) {
		struct import_file *f = r->files->at[i];

		if (!fnmatch(clean, f->path, FNM_PATHNAME | FNM_NOESCAPE))
			add_source(r, f);
	}
}

/* One word of a compiler's command, and the one after it; true: that belongs to it. */
static bool take_flag(struct reading *r, const char *word, const char *after, const char *directory)
{
	const struct { const char *begin; bool define; } flags[] = { { "-I", false }, { "-isystem", false }, { "-iquote", false }, { "-D", true } };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		size_t size = strlen(flags[i].begin);

		if (strncmp(word, flags[i].begin, size))
			continue;
		const char *value = word[size] ? word + size : after;
		if (!value || strchr(value, '$'))
			return false;
		if (flags[i].define)
			add_define(r, value);
		else
			add_folder(r, *directory ? path_join(r->a, directory, value) : value);
		return !word[size];
	}
	return false;
}

/* The next word of a line, without quotes; NULL at its end. */
static char *next_word(char **at, const char *between)
{
	char *word = *at + strspn(*at, between), *to = word, *from = word;
	char quote = 0;

	if (!*word)
		return NULL;
	for (; *from && (quote || !strchr(between, *from)); from++) {
		if (*from == '\\' && from[1])
			*to++ = *++from;
		else if (quote ? *from == quote : *from == '"' || *from == '\'')
			quote = quote ? 0 : *from;
		else
			*to++ = *from;
	}
	*at = from + (*from != '\0');
	*to = '\0';
	return word;
}

static void take_makefile(struct reading *r, char *text)
{
	static const char between[] = " \t\r\n:;,";
	int conditions = 0;
	bool comment = false;

	/* What continues a line is a blank; what is behind # is nothing. */
	for (char *at = text; *at; at++) {
		if (at[0] == '\\' && (at[1] == '\n' || at[1] == '\r'))
			at[0] = at[1] = ' ';
		comment = *at == '#' || (comment && *at != '\n');
		if (comment)
			*at = ' ';
	}
	for (char *word = next_word(&text, between), *after; word; word = after) {
		after = next_word(&text, between);
		conditions += !strncmp(word, "ifeq", 4) || !strncmp(word, "ifneq", 5) || !strcmp(word, "ifdef") || !strcmp(word, "ifndef");
		conditions -= !strcmp(word, "endif");
		if (*word != '-' && strrchr(word, '='))
			word = strrchr(word, '=') + 1;
		size_t size = strlen(word);
		while (size && strchr(")}", word[size - 1]) && !strpbrk(word, "({"))
			word[--size] = '\0';
		if (*word != '-')
			take_source(r, word);
		else if (!conditions || word[1] != 'D')
			take_flag(r, word, after, "");
	}
}

/* A path of a compile command as one of the folder's; NULL: outside. */
static const char *inside(struct reading *r, const char *directory, const char *path)
{
	const char *whole = path_join(r->a, directory, path), *real = path_real(r->a, whole);
	size_t size = strlen(r->real);

	if (!real || strncmp(real, r->real, size) || (real[size] && real[size] != '/'))
		return NULL;
	return real + size + (real[size] == '/');
}

static void take_command(struct reading *r, const char *directory, struct list *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->at[i], *after = i + 1 < words->count ? words->at[i + 1] : NULL;
		bool folder = !strncmp(word, "-I", 2) || !strcmp(word, "-isystem") || !strcmp(word, "-iquote");

		if (folder) {
			const char *value = word[1] == 'I' && word[2] ? word + 2 : after;
			const char *path = value ? inside(r, directory, value) : NULL;

			if (path)
				add_folder(r, path);
		} else {
			take_flag(r, word, after, "");
		}
	}
}

static void take_entry(struct reading *r, const json_t *entry)
{
	const char *directory = json_string_value(json_object_get(entry, "directory")), *file = json_string_value(json_object_get(entry, "file"));
	const char *command = json_string_value(json_object_get(entry, "command"));
	const json_t *arguments = json_object_get(entry, "arguments");
	struct list words = { 0 };

	if (!file)
		return;
	if (!directory || directory[0] != '/')
		directory = directory ? path_join(r->a, r->real, directory) : r->real;
	const char *path = inside(r, directory, file);
	if (path)
		add_source(r, importfolder_find(r->files, path));
	for (size_t i = 0; i < json_array_size(arguments); i++)
		if (json_string_value(json_array_get(arguments, i)))
			list_push(&words, r->a, arena_printf(r->a, "%s", json_string_value(json_array_get(arguments, i))));
	if (command) {
		char *line = arena_printf(r->a, "%s", command);

		for (char *word = next_word(&line, " \t\r\n"); word; word = next_word(&line, " \t\r\n"))
			list_push(&words, r->a, word);
	}
	take_command(r, directory, &words);
}

static int take_database(struct reading *r, const char *path, struct bytes text, struct err *e)
{
	json_error_t at;
	json_t *all = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, &at);

	if (!json_is_array(all)) {
		err_set(e, ERR_IMPORT_DATABASE, "'%s' is no list of compile commands%s%s", path, all ? "" : ": ", all ? "" : at.text);
		err_fix(e, "make it anew, or remove it: then the makefile is read, or all sources are taken");
		if (!all && at.line > 0)
			err_at(e, path, at.line, at.column > 0 ? at.column : 1);
		json_decref(all);
		return e->code;
	}
	for (size_t i = 0; i < json_array_size(all); i++)
		take_entry(r, json_array_get(all, i));
	json_decref(all);
	return MS_OK;
}

int importbuild_read(const char *folder, const struct list *files, struct arena *a, struct import_build *out, struct err *e)
{
	static const char *const names[] = { "compile_commands.json", "build/compile_commands.json", "GNUmakefile", "makefile", "Makefile", "Makefile.in", "Makefile.am" };
	struct reading r = { .root = folder, .real = path_real(a, folder), .files = files, .a = a, .b = out };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *path = path_join(a, folder, names[i]);
		struct bytes text;

		if (!importfolder_find(files, names[i]))
			continue;
		int rc = file_read(path, BUILD_FILE_MAX, a, &text, e);
		if (rc < 0)
			return rc;
		*out = (struct import_build){ 0 };
		if (strstr(names[i], ".json"))
			rc = take_database(&r, path, text, e);
		else
			take_makefile(&r, arena_string(a, text));
		if (rc < 0)
			return rc;
		if (out->sources.count) {
			drop_marked(&out->defines);
			out->file = names[i];
			return MS_OK;
		}
	}
	*out = (struct import_build){ 0 };
	return MS_OK;
}
