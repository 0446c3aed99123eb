/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_output.h"

#include <string.h>
#include <unistd.h>

#include "file.h"

struct trace_output {
	const struct trace_form *form;
	void *state;
	FILE *file;
	const char *path, *unfinished;	/* of that file */
	const char *folder;		/* of the form that is one; else NULL */
	const struct trace_names *names;
	struct arena *arena;
};

static bool means_folder(const char *path)
{
	return file_is_folder(path) || path[strlen(path) - 1] == '/';
}

int trace_output_begin(const char *path, const struct trace_names *n, struct arena *a, struct trace_output **out, struct err *e)
{
	struct trace_output *o = arena_new(a, struct trace_output);
	int rc = MS_OK;

	o->form = &trace_json;
	o->path = path;
	if (means_folder(path)) {
		o->form = &trace_ctf;
		o->folder = path;
		o->path = path_join(a, path, "stream");
		rc = file_make_folders(path, a, e);
	}
	if (rc < 0)
		return rc;
	o->unfinished = path_join(a, path_folder(a, o->path), arena_printf(a, ".%s.new", path_name(o->path)));
	o->file = fopen(o->unfinished, "we");
	if (!o->file)
		return err_errno(e, "cannot write '%s'", o->path);
	o->names = n;
	o->arena = a;
	o->state = o->form->begin(o->file, n, a);
	*out = o;
	return MS_OK;
}

void trace_output_take(void *output, const struct trace_record *r, uint32_t lost)
{
	struct trace_output *o = output;

	o->form->take(o->state, r, lost);
}

static int write_metadata(const struct trace_output *o, struct err *e)
{
	const char *text = trace_ctf_metadata(o->names, o->arena);

	return file_replace(path_join(o->arena, o->folder, "metadata"), (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, o->arena, e);
}

int trace_output_end(struct trace_output *o, uint64_t lost, struct err *e)
{
	o->form->end(o->state, lost);
	bool failed = ferror(o->file);
	int rc = MS_OK;

	if (fclose(o->file) || failed)
		rc = err_errno(e, "cannot write '%s'", o->path);
	else if (rename(o->unfinished, o->path))
		rc = err_errno(e, "cannot replace '%s'", o->path);
	else if (o->folder)
		rc = write_metadata(o, e);
	if (rc < 0)
		remove(o->unfinished);
	return rc;
}

void trace_output_drop(struct trace_output *o)
{
	fclose(o->file);
	remove(o->unfinished);
}

const char *trace_output_format(const struct trace_output *o)
{
	return o->folder ? "ctf" : "json";
}
