/* SPDX-License-Identifier: Apache-2.0 */
#include "out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "out_stream.h"
#include "place.h"
#include "printable.h"

enum { OUT_VERSION = 1, OUT_STATUS_BUG = 70 };	/* docs/json.md, docs/exit-codes.md */

static struct {
	const char *verb;
	struct out_options options;
	json_t *fields;		/* of the final result */
	bool bug;		/* a fact was given that is no JSON */
} state;

void out_init(const char *verb, const struct out_options *o)
{
	state.verb = verb;
	state.options = *o;
	stream_init(o->colour, o->json, o->quiet);
}

bool out_is_json(void)
{
	return state.options.json;
}

bool out_is_quiet(void)
{
	return state.options.quiet;
}

bool out_shows_progress(void)
{
	return stream_shows_progress();
}

bool out_is_lost(void)
{
	return stream_lost() != 0;
}

/* "ms build: " */
static const char *prefix(struct arena *a)
{
	return arena_printf(a, "ms%s%s: ", state.verb ? " " : "", state.verb ? state.verb : "");
}

__attribute__((format(printf, 2, 0)))
static void print_line(int fd, const char *format, va_list args)
{
	struct arena a = { 0 };

	stream_print(fd, arena_printf(&a, "%s\n", arena_vprintf(&a, format, args)));
	arena_done(&a);
}

void out_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!state.options.json)
		print_line(STDOUT_FILENO, format, args);
	va_end(args);
}

void out_text(const char *text)
{
	struct arena a = { 0 };

	if (!state.options.json)
		stream_print(STDOUT_FILENO, arena_printf(&a, "%s", text));
	arena_done(&a);
}

void out_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!state.options.json && !state.options.quiet)
		print_line(STDERR_FILENO, format, args);
	va_end(args);
}

void out_detail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!state.options.json && !state.options.quiet && state.options.verbose > 0)
		print_line(STDERR_FILENO, format, args);
	va_end(args);
}

void out_warn(const char *format, ...)
{
	struct arena a = { 0 };
	va_list args;

	va_start(args, format);
	const char *text = arena_vprintf(&a, format, args);
	va_end(args);
	if (state.options.json)
		out_event("warning", json_pack("{s:o}", "text", out_string(text)));
	else
		stream_print(STDERR_FILENO, arena_printf(&a, "%s%swarning:%s %s\n", prefix(&a),
							 out_yellow(), out_reset(), text));
	arena_done(&a);
}

void out_relay(const char *line)
{
	struct arena a = { 0 };

	if (state.options.json)
		out_event("words", json_pack("{s:o}", "text", out_string(line)));
	else
		stream_print(STDERR_FILENO, arena_printf(&a, "%s\n", line));
	arena_done(&a);
}

void out_progress(const char *format, ...)
{
	struct arena a = { 0 };
	va_list args;

	va_start(args, format);
	stream_progress(format ? arena_vprintf(&a, format, args) : NULL);
	va_end(args);
	arena_done(&a);
}

json_t *out_string(const char *text)
{
	struct arena a = { 0 };

	if (!text)
		return json_null();
	char *copy = arena_printf(&a, "%s", text);
	json_t *string = json_stringn(copy, printable(copy, strlen(copy)));
	arena_done(&a);
	return string;
}

/* Print an object as a line.  Takes ownership. */
static void print_json(json_t *object)
{
	char *line = json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII);

	json_decref(object);
	if (!line) {
		state.bug = true;
		return;
	}
	size_t size = strlen(line);
	line[size] = '\n';	/* instead of the NUL: one write, so that lines of two processes do not mix */
	stream_write(STDOUT_FILENO, line, size + 1);
	free(line);
}

void out_event(const char *type, json_t *fields)
{
	state.bug |= state.options.json && !fields;
	if (fields && state.options.json) {
		json_t *event = json_pack("{s:i, s:s}", "v", OUT_VERSION, "type", type);
		json_object_update_missing(event, fields);
		print_json(event);
	}
	json_decref(fields);
}

void out_field(const char *name, json_t *value)
{
	if (!state.options.json) {
		json_decref(value);
		return;
	}
	state.bug |= !value;
	if (!state.fields)
		state.fields = json_object();
	json_object_set_new(state.fields, name, value);
}

/* "ms build: ms.yaml:3:9: unknown key 'memry' [MS1105]", the line with a mark, the fix, where more is said. */
static void show_error(const struct err *e)
{
	struct arena a = { 0 };
	struct text t = { 0 };

	text_add(&t, &a, "%s%s", prefix(&a), out_bold());
	if (e->file[0] && !e->shown) {
		text_add(&t, &a, "%s:", e->file);
		if (e->line > 0)
			text_add(&t, &a, "%d:", e->line);
		if (e->line > 0 && e->column > 0)
			text_add(&t, &a, "%d:", e->column);
		text_add(&t, &a, " ");
	}
	text_add(&t, &a, "%s%s [%s]\n", e->text, out_reset(), e->id);
	if (!e->shown)
		place_add(&t, &a, e);
	if (e->fix[0])
		text_add(&t, &a, "  %sfix:%s %s\n", out_green(), out_reset(), e->fix);
	if (!state.options.quiet)
		text_add(&t, &a, "  %smore: ms explain %s%s\n", out_dim(), e->id, out_reset());
	stream_print(STDERR_FILENO, t.at);
	arena_done(&a);
}

static json_t *number_or_null(int n)
{
	return n > 0 ? json_integer(n) : json_null();
}

static json_t *error_object(const struct err *e)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}",
			 "code", err_name(e->code), "id", e->id,
			 "text", out_string(e->text),
			 "file", out_string(e->file[0] ? e->file : NULL),
			 "line", number_or_null(e->line),
			 "column", number_or_null(e->column),
			 "fix", out_string(e->fix[0] ? e->fix : NULL));
}

static void print_result(const struct err *e, int status)
{
	json_t *result = json_pack("{s:i, s:s, s:s?, s:b, s:i, s:o}", "v", OUT_VERSION, "type", "result",
				   "verb", state.verb, "ok", status == 0, "exit", status,
				   "error", e ? error_object(e) : json_null());

	if (state.fields)
		json_object_update_missing(result, state.fields);
	json_decref(state.fields);
	state.fields = NULL;
	print_json(result);
}

/* What could not be said, as a failure of its own.  A reader that has seen enough (`ms help | head`) wants no words about it. */
static void say_lost(void)
{
	struct err lost;

	if (stream_lost() == EPIPE)
		return;
	errno = stream_lost();
	err_errno(&lost, "cannot write the result to standard output");
	show_error(&lost);
}

int out_finish(const struct err *e, int exit_status)
{
	struct err bug;

	if (state.bug && !(e && e->code)) {
		err_set(&bug, ERR_BUG, "a fact of the result is not JSON: a mistake in ms");
		e = &bug;
	}
	bool failed = e && e->code;
	int status = state.bug ? OUT_STATUS_BUG : failed ? err_exit_status(e) : exit_status;
	state.bug = false;

	if (state.options.json)
		print_result(failed ? e : NULL, status);
	else if (failed)
		show_error(e);
	stream_end();
	if (stream_lost()) {
		say_lost();
		status = status ? status : 1;
	}
	return status;
}

void out_die(const struct err *e)
{
	char line[2048];
	int status = err_exit_status(e), n;

	if (state.options.json)
		n = snprintf(line, sizeof(line), "{\"v\":%d,\"type\":\"result\",\"verb\":\"%s\",\"ok\":false,"
			     "\"exit\":%d,\"error\":{\"code\":\"%s\",\"id\":\"%s\",\"text\":\"%s\",\"file\":null,\"line\":null,"
			     "\"column\":null,\"fix\":\"%s\"}}\n", OUT_VERSION, state.verb ? state.verb : "",
			     status, err_name(e->code), e->id, e->text, e->fix);
	else
		n = snprintf(line, sizeof(line), "ms%s%s: %s [%s]\n  fix: %s\n", state.verb ? " " : "",
			     state.verb ? state.verb : "", e->text, e->id, e->fix);
	size_t size = n < (int)sizeof(line) ? (size_t)n : sizeof(line) - 1;
	stream_write(state.options.json ? STDOUT_FILENO : STDERR_FILENO, line, size);
	_exit(status);
}
