/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

struct trace_output {
	const struct trace_form *form;
	void *state;
	struct trace_sink sink;
	const char *path, *unfinished;	/* of its file */
	const char *folder;		/* of the form that is one; else NULL */
	const struct trace_names *names;
	struct arena *arena;
};

enum { KEPT_MAX = 1 << 16 };

static void flush(struct trace_sink *to)
{
	for (size_t done = 0; done < to->text.size && !to->failed;) {
		ssize_t n = write(to->fd, to->text.at + done, to->text.size - done);

		to->failed = n < 0 && errno != EINTR;
		done += n > 0 ? (size_t)n : 0;
	}
	to->text.size = 0;
}

void trace_sink_put(struct trace_sink *to, struct bytes b)
{
	text_add_bytes(&to->text, &to->arena, b);
	if (to->fd >= 0 && to->text.size > KEPT_MAX)
		flush(to);
}

void trace_sink_done(struct trace_sink *to)
{
	if (to->fd >= 0)
		flush(to);
	arena_done(&to->arena);
	to->text = (struct text){ 0 };
}

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
	o->sink.fd = open(o->unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (o->sink.fd < 0)
		return err_errno(e, "cannot write '%s'", o->path);
	o->names = n;
	o->arena = a;
	o->state = o->form->begin(&o->sink, n, a);
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
	int rc = MS_OK;

	o->form->end(o->state, lost);
	trace_sink_done(&o->sink);
	if (o->sink.failed | (close(o->sink.fd) < 0))
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
	close(o->sink.fd);
	o->sink.fd = -1;
	trace_sink_done(&o->sink);
	remove(o->unfinished);
}

const char *trace_output_format(const struct trace_output *o)
{
	return o->folder ? "ctf" : "json";
}
