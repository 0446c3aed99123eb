/* SPDX-License-Identifier: Apache-2.0 */
#include "runview.h"

#include <inttypes.h>
#include <string.h>

#include "out.h"

enum { LINE_WIDTH = 100 };

static int name_width = 8;

/* Where the text of a line begins, behind time, service and severity. */
static int indent(void)
{
	return 12 + 2 + name_width + 2 + 7 + 2;
}

void runview_width(size_t name_size)
{
	if ((int)name_size > name_width)
		name_width = (int)name_size;
}

static const char *colour_of(const char *severity)
{
	if (!strcmp(severity, "error") || !strcmp(severity, "fault"))
		return out_red();
	if (!strcmp(severity, "warning"))
		return out_yellow();
	return !strcmp(severity, "debug") ? out_dim() : "";
}

static const char *end_of(const char *colour)
{
	return *colour ? out_reset() : "";
}

static void show(const struct console_line *l, const char *name, const char *severity, const char *text)
{
	const char *colour = colour_of(severity);

	out_line("%s%5" PRIu64 ".%06" PRIu64 "%s  %s%-*s%s  %s%-7s  %s%s", out_dim(), l->usec / 1000000, l->usec % 1000000,
		 out_reset(), out_bold(), name_width, name, out_reset(), colour, severity, text, end_of(colour));
}

static void show_call(const char *text)
{
	out_line("%*s%s", indent(), "", text);
}

/* Who called has a line of its own where one would be too long for both. */
static void show_place(const char *text, struct arena *a)
{
	const char *caller = strstr(text, ", called from ");
	int first = caller && (size_t)indent() + strlen(text) > LINE_WIDTH ? (int)(caller - text) + 1 : (int)strlen(text);

	out_line("%*s%s%s%s", indent(), "", out_bold(), arena_printf(a, "%.*s", first, text), out_reset());
	if (text[first])
		out_line("%*s%s%s%s", indent(), "", out_bold(), text + first + 1, out_reset());
}

static void show_fault(const struct console_line *l, const struct crash_place *place, struct arena *a)
{
	const struct console_fault *f = &l->fault;
	const char *address = f->has_address ? arena_printf(a, " at 0x%08x", f->address) : "";

	show(l, l->service, "fault", arena_printf(a, "%s%s%s", f->cause, address, f->earlier ? ", before the reset" : ""));
	if (!place)
		return;
	show_place(crash_place_text(place, a), a);
	crash_stack_lines(place, a, show_call);
	if (crash_advice(place, a))
		show_call(crash_advice(place, a));
}

static json_t *base_event(const struct console_line *l)
{
	json_t *event = json_pack("{s:I}", "time_usec", (json_int_t)l->usec);

	if (*l->service)
		json_object_set_new(event, "service", out_string(l->service));
	return event;
}

static json_t *hex_or_null(bool known, uint32_t v, struct arena *a)
{
	return known ? json_string(arena_printf(a, "0x%08x", v)) : json_null();
}

static json_t *stack_of(const struct crash_place *place)
{
	json_t *stack = json_array();

	for (size_t i = 0; i < place->stack_count; i++) {
		const struct crash_call *c = &place->stack[i];

		json_array_append_new(stack, json_pack("{s:o, s:o, s:o, s:b}", "function", out_string(c->function), "file", out_string(c->file),
						       "line", c->line > 0 ? json_integer(c->line) : json_null(), "sure", c->sure));
	}
	return stack;
}

static json_t *fault_event(const struct console_line *l, const struct crash_place *place, struct arena *a)
{
	const struct console_fault *f = &l->fault;
	json_t *event = base_event(l);

	json_object_update_new(event, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "cause", out_string(f->cause),
						"address", hex_or_null(f->has_address, f->address, a),
						"pc", hex_or_null(true, f->pc, a),
						"offset", hex_or_null(f->has_offset, f->offset, a),
						"lr", hex_or_null(true, f->lr, a), "sp", hex_or_null(true, f->sp, a)));
	if (place)
		json_object_update_new(event, json_pack("{s:o, s:o, s:o, s:o, s:o}", "function", out_string(place->function),
							"file", out_string(place->file),
							"line", place->line > 0 ? json_integer(place->line) : json_null(),
							"caller", out_string(place->caller), "stack", stack_of(place)));
	if (place && (place->main_stack || place->other_stack))
		json_object_update_new(event, json_pack("{s:s, s:o}", "stack_thread", place->main_stack ? "main" : "other",
							"stack_size", place->main_stack ? json_integer(place->stack_size) : json_null()));
	json_object_set_new(event, "earlier", json_boolean(f->earlier));
	return event;
}

static void emit(const struct console_line *l, const struct crash_place *place, struct arena *a)
{
	json_t *event;

	if (l->kind == CONSOLE_FAULT) {
		out_event("fault", fault_event(l, place, a));
		return;
	}
	event = l->kind == CONSOLE_OTHER ? json_object() : base_event(l);
	if (l->kind == CONSOLE_LOG)
		json_object_set_new(event, "severity", json_string(l->severity));
	json_object_set_new(event, "text", out_string(l->text));
	out_event(l->kind == CONSOLE_LOG ? "log" : l->kind == CONSOLE_RUNTIME ? "runtime" : "console", event);
}

void runview_line(const struct console_line *l, const struct crash_place *place, struct arena *a)
{
	if (out_is_json())
		emit(l, place, a);
	else if (l->kind == CONSOLE_FAULT)
		show_fault(l, place, a);
	else if (l->kind == CONSOLE_LOG)
		show(l, l->service, l->severity, l->text);
	else if (l->kind == CONSOLE_RUNTIME)
		show(l, "", "runtime", l->text);
	else
		out_line("%s%s%s", out_dim(), l->text, out_reset());
}
