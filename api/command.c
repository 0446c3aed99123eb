/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <string.h>

#include "file.h"

static void push(struct list *words, struct arena *a, const char *word)
{
	list_push(words, a, (void *)word);
}

/* What libclang is told for a target: the SDK's headers and nothing of this computer. */
static struct list words_for(const struct request *r, const char *target, struct arena *a)
{
	static const char *const common[] = {
		"-x", "c", "-std=c17", "-D_DEFAULT_SOURCE", "-DMS_API_READS", "-nostdlibinc", "-fparse-all-comments", "-w", "-resource-dir", CLANG_RESOURCES,
	};
	struct list words = { 0 };

	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		push(&words, a, common[i]);
	for (size_t i = 0; i < r->folders.count; i++)
		push(&words, a, arena_printf(a, "-I%s", (const char *)r->folders.at[i]));
	push(&words, a, "-isystem");
	push(&words, a, sdk_path(&r->sdk, a, "include"));
	push(&words, a, "-isystem");
	push(&words, a, sdk_path(&r->sdk, a, "targets/%s/picolibc/include", target));
	return words;
}

static int read_for(const struct request *r, const char *header, bool board, struct arena *a, struct header *out, struct err *e)
{
	struct list words = words_for(r, board ? target_name(r->sdk.targets[0]) : "sim", a);

	if (board) {		/* as arm-none-eabi-gcc has it: the smallest enum that holds its constants */
		push(&words, a, "--target=arm-none-eabi");
		push(&words, a, "-fshort-enums");
	}
	const struct reading reading = { board ? "board" : "PC", (const char *const *)words.at, (int)words.count };

	return header_read(header, &reading, a, out, e);
}

/* A path as Make reads it. */
static void put_path(struct text *t, struct arena *a, const char *path)
{
	text_add(t, a, " ");
	for (; *path; path++)
		text_add(t, a, *path == ' ' || *path == '#' ? "\\%c" : *path == '$' ? "$%c" : "%c", *path);
}

static int write_depfile(const struct request *r, const struct header *h, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	put_path(&t, a, arena_printf(a, "%.*s", (int)strlen(r->depfile) - 2, r->depfile));
	text_add(&t, a, ":");
	put_path(&t, a, h->path);
	for (size_t i = 0; i < h->files.count; i++)
		put_path(&t, a, h->files.at[i]);
	text_add(&t, a, "\n");
	return file_replace(r->depfile, (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, e);
}

int command_read(const struct request *r, const char *header, struct arena *a, struct contract *out, struct err *e)
{
	struct header *pc = arena_new(a, struct header), *board = arena_new(a, struct header);

	int rc = read_for(r, header, false, a, pc, e);
	if (rc >= 0)
		rc = read_for(r, header, true, a, board, e);
	if (rc < 0)
		return rc;
	struct list library = library_names(&r->sdk, target_name(r->sdk.targets[0]), a);

	rc = rules_apply(pc, board, r->name, &library, a, out, e);
	if (rc >= 0 && r->depfile)
		rc = write_depfile(r, pc, a, e);
	return rc;
}

static void tell(const struct contract *k, const struct finding *f)
{
	json_t *event = json_object();

	out_line("%s:%d:%d: %s%s%s%s", k->header->path, f->place.line, f->place.column, f->function ? f->function : "",
		 f->function ? f->refused ? " cannot cross: " : ": " : "", f->text, f->refused ? "" : " (a remark)");
	if (f->fix)
		out_line("\tfix: %s", f->fix);
	json_object_set_new(event, "file", out_string(k->header->path));
	json_object_set_new(event, "line", json_integer(f->place.line));
	json_object_set_new(event, "column", json_integer(f->place.column));
	json_object_set_new(event, "function", out_string(f->function));
	json_object_set_new(event, "refused", json_boolean(f->refused));
	json_object_set_new(event, "text", out_string(f->text));
	json_object_set_new(event, "fix", out_string(f->fix));
	out_event("header_finding", event);
}

int command_report(const struct contract *k, bool remarks, struct arena *a, struct err *e)
{
	bool refused = false;

	(void)a;
	for (size_t i = 0; i < k->findings.count; i++) {
		const struct finding *f = k->findings.at[i];

		refused |= f->refused;
		if (remarks || f->refused)
			tell(k, f);
	}
	if (!refused)
		return MS_OK;
	if (k->refused)
		return err_set(e, ERR_CANNOT_CROSS, "%u of %u functions of '%s' cannot cross", k->refused, k->total, k->header->path);
	return err_set(e, ERR_NOT_INTERFACE, "'%s' is no interface", k->header->path);
}

int command_read_whole(const struct request *r, const char *header, struct arena *a, struct contract *out, struct err *e)
{
	int rc = command_read(r, header, a, out, e);

	for (size_t i = 0; rc >= 0 && i < out->findings.count; i++) {
		const struct finding *f = out->findings.at[i];

		if (!f->refused)
			continue;
		err_set(e, f->function ? ERR_CANNOT_CROSS : ERR_NOT_INTERFACE, "%s%s%s", f->function ? f->function : "", f->function ? " cannot cross: " : "", f->text);
		err_fix(e, "%s%s", f->fix, out->refused > 1 ? arena_printf(a, "; %u more functions cannot: ms api check %s", out->refused - 1, header) : "");
		return err_at(e, header, f->place.line, f->place.column);
	}
	return rc;
}

int command_write(const struct request *r, const char *file, const struct text *t, struct arena *a, struct err *e)
{
	const char *path = r->output ? path_join(a, r->output, file) : file;
	bool changed = false;

	int rc = file_make_folders(path_folder(a, path), a, e);
	if (rc >= 0)
		rc = file_update(path, (struct bytes){ (const uint8_t *)t->at, t->size }, 0644, a, &changed, e);
	if (rc < 0)
		return rc;
	json_t *event = json_object();

	out_line("%s%s", path, changed ? "" : " (as it was)");
	json_object_set_new(event, "path", out_string(path));
	json_object_set_new(event, "changed", json_boolean(changed));
	out_event("written", event);
	return MS_OK;
}

int command_write_part(const struct request *r, const struct contract *k, const char *end, struct text t, struct arena *a, struct err *e)
{
	return command_write(r, arena_printf(a, "%s%s", k->name, end), &t, a, e);
}
