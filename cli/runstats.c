/* SPDX-License-Identifier: Apache-2.0 */
#include "runstats.h"

#include <string.h>

#include "out.h"

static const char *number(bool known, uint32_t value, struct arena *a)
{
	return known ? arena_printf(a, "%u", value) : "?";
}

static int name_width(const struct list *services)
{
	size_t width = strlen("service");

	for (size_t i = 0; i < services->count; i++) {
		size_t size = strlen(((const struct snapshot_service *)services->at[i])->of->device.name);

		if (size > width)
			width = size;
	}
	return (int)width;
}

/* What concerns the whole service stands in the line of its main thread. */
static void show_thread(const struct snapshot_service *s, const struct snapshot_thread *t, int width, struct arena *a)
{
	const struct device_service *d = &s->of->device;
	const char *name = t->number ? "" : d->name, *thread = t->number ? arena_printf(a, "%u", t->number) : "main";
	const char *state = t->number ? t->ended ? "ended" : "" : s->state;

	out_line("%-*s  %-6s %7s %7s %7s %7s  %7s %7s  %8s  %s", width, name, thread, number(t->known, t->stack.size, a),
		 t->guard ? number(t->known, t->guard, a) : "", number(t->known, t->used, a), number(t->known, t->unused, a),
		 t->number ? "" : arena_printf(a, "%u", d->header.heap_size), t->number ? "" : number(s->heap_known, s->heap_used, a),
		 t->number ? "" : arena_printf(a, "%u", s->starts ? s->starts - 1 : 0), state);
}

static void add(json_t *event, const char *name, bool known, uint32_t value)
{
	json_object_set_new(event, name, known ? json_integer(value) : json_null());
}

static void tell_thread(const struct snapshot_service *s, const struct snapshot_thread *t)
{
	json_t *event = json_pack("{s:I, s:b}", "thread", (json_int_t)t->number, "ended", (int)t->ended);

	json_object_set_new(event, "service", out_string(s->of->device.name));
	add(event, "stack_size", t->known, t->stack.size);
	add(event, "stack_guard", t->known, t->guard);
	add(event, "stack_used", t->known, t->used);
	add(event, "stack_unused", t->known, t->unused);
	if (!t->number) {
		add(event, "heap_size", true, s->of->device.header.heap_size);
		add(event, "heap_used", s->heap_known, s->heap_used);
		add(event, "restarts", true, s->starts ? s->starts - 1 : 0);
		add(event, "flash_taken", s->flash_taken, s->flash_taken);
		add(event, "ram_taken", s->ram_taken, s->ram_taken);
		json_object_set_new(event, "state", json_string(s->state));
	}
	out_event("stats", event);
}

void runstats_show(const struct list *services, struct arena *a)
{
	int width = name_width(services);

	out_line("%s%-*s  %-6s %7s %7s %7s %7s  %7s %7s  %8s  %s%s", out_bold(), width, "service", "thread", "stack", "guard", "used",
		 "unused", "heap", "used", "restarts", "state", out_reset());
	for (size_t i = 0; i < services->count; i++) {
		const struct snapshot_service *s = services->at[i];

		for (size_t k = 0; k < s->threads.count; k++) {
			show_thread(s, s->threads.at[k], width, a);
			tell_thread(s, s->threads.at[k]);
		}
		if (!s->threads.count)
			out_line("%-*s  %s", width, s->of->device.name, s->state);
	}
}
