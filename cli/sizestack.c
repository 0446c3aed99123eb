/* SPDX-License-Identifier: Apache-2.0 */
/* Stacks: the estimate, and what a run has measured. */
#include <string.h>

#include "out.h"
#include "sizeview.h"

/* The most that a run has seen of a service's main thread, or of its others; -1: nothing. */
static json_int_t most_measured(struct bytes run, const char *service, bool main)
{
	json_int_t most = -1;

	while (run.size) {
		const uint8_t *end = memchr(run.at, '\n', run.size);
		size_t size = end ? (size_t)(end - run.at) : run.size;
		json_t *line = json_loadb((const char *)run.at, size, 0, NULL);
		const char *type = json_string_value(json_object_get(line, "type")), *name = json_string_value(json_object_get(line, "service"));
		json_t *used = json_object_get(line, "stack_used");

		if (type && name && !strcmp(type, "stats") && !strcmp(name, service) && json_is_integer(used) &&
		    (json_integer_value(json_object_get(line, "thread")) == 0) == main && json_integer_value(used) > most)
			most = json_integer_value(used);
		json_decref(line);
		run = bytes_part(run, size + 1, run.size);
	}
	return most;
}

static void tell(const struct size_service *s, const struct stack_use *u, json_int_t measured)
{
	json_t *path = json_array(), *doubts = json_array();
	bool is_main = s->stacks.at[0] == u;

	for (size_t i = 0; i < u->path.count; i++) {
		const struct stack_step *step = u->path.at[i];

		json_array_append_new(path, json_pack("{s:o, s:I, s:b}", "function", out_string(step->function), "bytes", (json_int_t)step->bytes,
						      "by_pointer", (int)step->by_pointer));
	}
	for (size_t i = 0; i < u->doubts.count; i++)
		json_array_append_new(doubts, out_string(u->doubts.at[i]));
	json_t *o = json_pack("{s:o, s:o, s:I, s:I, s:b, s:o, s:o}", "service", out_string(s->of->device.name), "thread", out_string(is_main ? "main" : u->root),
			      "bytes", (json_int_t)u->bytes, "saved", (json_int_t)u->saved, "bounded", (int)u->is_bounded, "path", path, "doubts", doubts);
	json_object_set_new(o, "stack_size", is_main ? json_integer(s->of->device.header.stack_size) : json_null());
	json_object_set_new(o, "measured", measured < 0 ? json_null() : json_integer(measured));
	out_event("stack", o);
}

static void show(const struct size_service *s, const struct stack_use *u, bool paths, json_int_t measured, struct arena *a)
{
	bool is_main = s->stacks.at[0] == u;

	out_line("%s%u bytes%s  %s%s%s", u->is_bounded ? "" : "at least ", u->bytes, is_main ? arena_printf(a, " of %u", s->of->device.header.stack_size) : "",
		 is_main ? "" : "thread of ", u->root, measured < 0 ? "" : arena_printf(a, "; measured %u", (unsigned)measured));
	for (size_t i = 0; paths && i < u->path.count; i++) {
		const struct stack_step *step = u->path.at[i];

		out_line("%8u  %s%s", step->bytes, step->function, step->by_pointer ? ", by a pointer" : "");
	}
	if (paths)
		out_line("%8u  saved by an interrupt and a switch of threads", u->saved);
	for (size_t i = 0; paths && i < u->doubts.count; i++)
		out_line("  note: %s", (const char *)u->doubts.at[i]);
}

void sizeview_stacks(const struct size_service *s, bool paths, struct bytes measured, struct arena *a)
{
	out_line("%sstack%s", out_bold(), out_reset());
	for (size_t i = 0; i < s->stacks.count; i++) {
		const struct stack_use *u = s->stacks.at[i];
		json_int_t most = most_measured(measured, s->of->device.name, i == 0);

		show(s, u, paths, most, a);
		tell(s, u, most);
	}
	out_line("%s", "");
}
