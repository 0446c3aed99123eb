/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_names.h"

#include "board.h"

static const char *of_number(const char *const names[], size_t count, const char *what, uint32_t number, struct arena *a)
{
	return number < count && names[number] ? names[number] : arena_printf(a, "%s %u", what, number);
}

const char *trace_service_name(const struct trace_names *n, uint32_t id, struct arena *a)
{
	for (uint32_t i = 0; i < n->service_count; i++)
		if (n->services[i].id == id)
			return n->services[i].name;
	return arena_printf(a, "service 0x%x", id);
}

const char *trace_thread_name(uint32_t thread, struct arena *a)
{
	return thread ? arena_printf(a, "thread %u", thread) : "main";
}

static const struct { const char *name; uint32_t arguments; } calls[TRACE_CODE_MAX + 1] = {
#define MS_SYSCALL(number, name, arguments, speed, doc) [number] = { #name, arguments },
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
};

const char *trace_call_name(uint32_t number, struct arena *a)
{
	return number <= TRACE_CODE_MAX && calls[number].name ? calls[number].name : arena_printf(a, "call %u", number);
}

uint32_t trace_call_arguments(uint32_t number)
{
	uint32_t has = number <= TRACE_CODE_MAX && calls[number].name ? calls[number].arguments : TRACE_ARGUMENTS;

	return has < TRACE_ARGUMENTS ? has : TRACE_ARGUMENTS;
}

const char *trace_interface_name(const struct trace_names *n, uint32_t sid, struct arena *a)
{
	for (uint32_t i = 0; i < n->service_count; i++) {
		const struct manifest *m = n->services[i].manifest;

		for (uint32_t k = 0; m && k < m->provide_count; k++)
			if (m->provides[k].sid == sid)
				return arena_string(a, m->provides[k].name);
	}
	return arena_printf(a, "interface 0x%x", sid);
}

const char *trace_message_name(uint32_t type, struct arena *a)
{
	int32_t is = (int32_t)type;

	return is == -1 ? "connect" : is == -2 ? "close" : arena_printf(a, "type %d", is);
}

const char *trace_line_name(const struct trace_names *n, uint32_t line, struct arena *a)
{
	const struct board *b = n->board;

	if (line == b->alarm_line || (line == TRACE_CODE_MAX && b->alarm_line == UINT32_MAX))
		return "alarm";
	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++)
		if (line - d->line < d->line_count)
			return d->line_count > 1 ? arena_printf(a, "%s %u", d->name, line - d->line) : d->name;
	return arena_printf(a, "line %u", line);
}

const char *trace_event_name(uint32_t kind, struct arena *a)
{
	static const char *const names[] = { "fault", "refused", "quarantine", "kernel fault", "failed", "watchdog" };	/* enum event_kind */

	return of_number(names, sizeof(names) / sizeof(*names), "event", kind, a);
}

const char *trace_cause_name(uint32_t cause, struct arena *a)
{
	static const char *const names[] = {
#define CORE_CAUSE(number, name, text) [number] = text,
#include "causes.def"
#undef CORE_CAUSE
	};

	return of_number(names, sizeof(names) / sizeof(*names), "cause", cause, a);
}
