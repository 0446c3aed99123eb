/* SPDX-License-Identifier: Apache-2.0 */
#include "newimport.h"

#include <string.h>

#include "file.h"
#include "importfolder.h"
#include "out.h"
#include "toolchain.h"
#include "version.h"

#define STACK "8 KiB"
#define HEAP "32 KiB"
#define NETWORK "{ name: network, sid: 0x4d530400, version: 1 }"

struct writing {
	const struct newimport *n;
	const char *folder;
	struct arena *a;
	struct list *files;
	struct err *e;
};

/* Where a new folder would be: its parent, without links, and its name. */
static int check_target(const char *folder, const char *to, struct arena *a, struct err *e)
{
	const char *source = path_real(a, folder), *parent = path_real(a, path_folder(a, path_absolute(a, to)));
	size_t size = source ? strlen(source) : 0;

	if (!size || !parent || strncmp(parent, source, size) || (parent[size] && parent[size] != '/'))
		return MS_OK;
	err_set(e, ERR_IMPORT_INSIDE, "'%s' would lie in '%s', which is imported", to, folder);
	return err_fix(e, "go to another folder first, or name it: ms -C FOLDER new %s --import %s", path_name(to), source);
}

int newimport_read(const char *folder, const char *to, struct arena *a, struct newimport *out, struct err *e)
{
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	const char *const headers[] = {
		sdk_path(&sdk, a, "include"),
		sdk.target_count ? sdk_path(&sdk, a, "targets/%s/picolibc/include", target_name(sdk.targets[0])) : NULL,
		NULL
	};
	rc = check_target(folder, to, a, e);
	return rc < 0 ? rc : import_read(folder, headers, a, &out->import, e);
}

static int put(struct writing *w, const char *path, const char *text, size_t size)
{
	const char *whole = path_join(w->a, w->folder, path);

	int rc = file_make_folders(path_folder(w->a, whole), w->a, w->e);
	if (rc >= 0)
		rc = file_create(whole, (struct bytes){ (const uint8_t *)text, size }, 0644, w->a, w->e);
	if (rc >= 0)
		list_push(w->files, w->a, (void *)path);
	return rc;
}

static int put_text(struct writing *w, const char *path, const struct text *t)
{
	return put(w, path, t->at, t->size);
}

static int copy_sources(struct writing *w)
{
	const struct import *m = &w->n->import;
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];

		if (f->fate == IMPORT_LEFT)
			continue;
		struct bytes text = f->text;

		if (!text.at)	/* included, whatever its name */
			rc = file_read(path_join(w->a, m->folder, f->path), IMPORT_FILE_MAX, w->a, &text, w->e);
		if (rc >= 0)
			rc = put(w, arena_printf(w->a, "src/%s", f->path), (const char *)text.at, text.size);
	}
	if (rc >= 0 && m->licence_file)
		rc = put(w, "LICENSE", (const char *)m->licence_file->text.at, m->licence_file->text.size);
	return rc;
}

static const char *folder_of(const struct writing *w, const char *path)
{
	const char *name = path_name(path);

	return arena_printf(w->a, "%.*s", (int)(name - path), path);	/* "" or "a/b/" */
}

/* Is each .c that was copied into this folder compiled? */
static bool is_built_whole(const struct writing *w, const char *folder)
{
	const struct list *files = &w->n->import.files;

	for (size_t i = 0; i < files->count; i++) {
		const struct import_file *f = files->at[i];

		if (f->kind == IMPORT_C && f->fate == IMPORT_TAKEN && !strcmp(folder_of(w, f->path), folder))
			return false;
	}
	return true;
}

static struct list source_patterns(const struct writing *w)
{
	const struct import *m = &w->n->import;
	struct list patterns = { 0 };

	for (size_t i = 0; i < m->files.count; i++) {
		const struct import_file *f = m->files.at[i];
		const char *folder = folder_of(w, f->path);

		if (f->fate == IMPORT_BUILT)
			importbuild_add(&patterns, w->a, arena_printf(w->a, "src/%s", is_built_whole(w, folder) ? arena_printf(w->a, "%s*.c", folder) : f->path));
	}
	if (!m->program)
		list_push(&patterns, w->a, (void *)"service/main.c");
	return patterns;
}

static void add_list(struct text *t, struct arena *a, const char *key, const struct list *items)
{
	if (!items->count)
		return;
	text_add(t, a, "%s: [ ", key);
	for (size_t i = 0; i < items->count; i++)
		text_add(t, a, "%s%s", i ? ", " : "", (const char *)items->at[i]);
	text_add(t, a, " ]\n");
}

static int write_manifest(struct writing *w)
{
	const struct import *m = &w->n->import;
	struct list sources = source_patterns(w), folders = { 0 };
	struct text t = { 0 };

	for (size_t i = 0; i < m->folders.count; i++)
		list_push(&folders, w->a, arena_printf(w->a, *(const char *)m->folders.at[i] ? "src/%s" : "src%s", (const char *)m->folders.at[i]));
	importbuild_add(&folders, w->a, "src");
	if (m->own_runtime)
		list_push(&folders, w->a, (void *)"service");
	text_add(&t, w->a, "# What each key means, and which others there are: ms help --manifest\n"
		 "name: %s\nvendor: %s\nversion: 1.0.0\n", w->n->name, w->n->vendor);
	text_add(&t, w->a, "license: %s\n", m->licence ? m->licence : "LicenseRef-unknown");
	text_add(&t, w->a, "memory: { stack: " STACK "%s }\n", m->heap ? ", heap: " HEAP : "");
	add_list(&t, w->a, "sources", &sources);
	add_list(&t, w->a, "include-dirs", &folders);
	add_list(&t, w->a, "defines", &m->build.defines);
	if (m->network)
		text_add(&t, w->a, "requests:\n  ipc: [ " NETWORK " ]\n");
	return put_text(w, "ms.yaml", &t);
}

static int write_main(struct writing *w)
{
	struct text t = { 0 };

	if (w->n->import.program)
		return MS_OK;
	text_add(&t, w->a, "/* SPDX-License-Identifier: Apache-2.0 */\n"
		 "/* The service around what is in src/: what it does is to be written. */\n"
		 "#include <SysCall.h>\n\n"
		 "int main(void)\n{\n\tLOG_INFO(\"%s is here\");\n\treturn 0;\n}\n", w->n->name);
	return put_text(w, "service/main.c", &t);
}

/* What sources for another runtime take from its header, as far as it has a counterpart. */
static int write_runtime_header(struct writing *w)
{
	static const char text[] =
		"/* SPDX-License-Identifier: Apache-2.0 */\n"
		"/* What sources that were written for uService.h find in this SDK; messages are made from a header instead (docs/interfaces.md). */\n"
		"#ifndef USERVICE_H\n#define USERVICE_H\n\n"
		"#include <SysCall.h>\n\n"
		"#ifndef PRIVATE\n#define PRIVATE static\n#endif\n#ifndef PUBLIC\n#define PUBLIC\n#endif\n"
		"#define LOG_PRINTF(...) LOG_INFO(__VA_ARGS__)\n\n"
		"typedef int32_t SysStatus;\nenum { SysStatus_Success = 0 };\n\n"
		"#endif\n";

	return w->n->import.own_runtime ? put(w, "service/uService.h", text, sizeof(text) - 1) : MS_OK;
}

static int write_test(struct writing *w)
{
	struct text t = { 0 };

	text_add(&t, w->a, "/* SPDX-License-Identifier: Apache-2.0 */\n"
		 "/* It starts, and is not stopped for anything within a second of its clock. */\n"
		 "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n\n"
		 "#include <ms/sim.h>\n\n"
		 "static void it_starts(void **state)\n{\n\tstruct sim *sim = *state;\n\n"
		 "\tsim_run(sim, \"%s\", 1000);\n\tassert_null(sim_fault(sim, \"%s\"));\n\tassert_int_equal(sim_run_count(sim, \"%s\"), 1);\n}\n\n"
		 "int main(void)\n{\n\tconst struct CMUnitTest tests[] = {\n"
		 "\t\tcmocka_unit_test_setup_teardown(it_starts, sim_setup, sim_teardown),\n\t};\n\n"
		 "\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n", w->n->name, w->n->name, w->n->name);
	return put_text(w, "tests/test_start.c", &t);
}

static const char *from_text(const struct import *m, struct arena *a)
{
	return m->build.file ? arena_printf(a, "as %s names them", m->build.file) : "which is all but tests and examples";
}

/* "src/a.c:12:5", or the path in the folder that was imported where the file was left there. */
static const char *place_of(const struct newimport *n, const struct import_told *t, struct arena *a)
{
	bool left = t->kind == REMARK_LEFT;
	const char *file = left ? path_join(a, n->import.folder, t->file) : arena_printf(a, "src/%s", t->file);

	return t->line ? arena_printf(a, "%s:%d", file, t->line) : file;
}

static int write_page(struct writing *w)
{
	static const char *const titles[] = { "Left out", "Not on a device", "Otherwise on a device" };
	const struct import *m = &w->n->import;
	struct text t = { 0 };
	int title = -1;

	text_add(&t, w->a, "# %s\n\nImported from `%s`: %u file%s, %u compiled, %s. None was changed.\n",
		 w->n->name, path_name(m->folder), m->taken, m->taken == 1 ? "" : "s", m->built, from_text(m, w->a));
	for (size_t i = 0; i < m->told.count; i++) {
		const struct import_told *told = m->told.at[i];

		if ((int)told->kind != title)
			text_add(&t, w->a, "\n## %s\n\n", titles[told->kind]);
		title = (int)told->kind;
		text_add(&t, w->a, "- %s: `%s` %s\n", place_of(w->n, told, w->a), told->name, told->text);
	}
	return put_text(w, "README.md", &t);
}

int newimport_add(const char *folder, const void *context, struct arena *a, struct list *files, struct err *e)
{
	int (*const steps[])(struct writing *) = { copy_sources, write_manifest, write_main, write_runtime_header, write_test, write_page };
	struct writing w = { context, folder, a, files, e };
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < sizeof(steps) / sizeof(*steps); i++)
		rc = steps[i](&w);
	list_sort(files);
	return rc;
}

static void report_one(const struct newimport *n, const struct import_told *t, struct arena *a)
{
	static const char *const words[] = { "left out", "not on a device", "otherwise on a device" };
	bool left = t->kind == REMARK_LEFT;
	const char *place = place_of(n, t, a), *file = left ? path_join(a, n->import.folder, t->file) : path_join(a, n->name, arena_printf(a, "src/%s", t->file));
	json_t *event = json_object();

	out_line("%s: %s: %s: %s", left ? place : path_join(a, n->name, place), words[t->kind], t->name, t->text);
	json_object_set_new(event, "kind", json_string(import_kind_name(t->kind)));
	json_object_set_new(event, "file", out_string(file));
	json_object_set_new(event, "line", json_integer(t->line));
	json_object_set_new(event, "column", json_integer(t->column));
	json_object_set_new(event, "name", out_string(t->name));
	json_object_set_new(event, "text", out_string(t->text));
	out_event("import", event);
}

void newimport_report(const struct newimport *n, struct arena *a)
{
	const struct import *m = &n->import;

	out_line("%s/src: %u file%s of '%s', %u compiled, %s", n->name, m->taken, m->taken == 1 ? "" : "s", m->folder, m->built, from_text(m, a));
	for (size_t i = 0; i < m->told.count; i++)
		report_one(n, m->told.at[i], a);
	if (!m->program)
		out_say("nothing of it is a service's main: %s/service/main.c is one, and does nothing yet", n->name);
	if (!m->licence)
		out_warn("the licence of '%s' is not known: name it in %s/ms.yaml", m->folder, n->name);
	out_field("taken", json_integer(m->taken));
	out_field("compiled", json_integer(m->built));
	out_field("build", out_string(m->build.file));
	out_field("licence", out_string(m->licence));
	out_field("program", out_string(m->program ? m->program->path : NULL));
}
