/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trace as Chrome's trace events: a process for each service with a track for each thread, where system calls are slices and
 * flows lead from a client's call to who serves it; and one for the board, with who runs and interrupts.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "trace_output.h"

enum { BOARD_PID = 1, MESSAGES = 256, SCRATCHED = 256 };

struct track { uint32_t service, thread; int pid, tid; bool open; };	/* open: a slice has begun */

/* A message on its way, by its place in the runtime's pool. */
struct on_way { bool is, flows; int id; uint32_t client, server; char name[MANIFEST_INTERFACE_NAME_MAX + 16]; };

struct json {
	struct trace_sink *to;
	const struct trace_names *names;
	struct arena *arena;
	struct arena scratch;		/* given back every now and then */
	uint64_t now_nsec, taken;
	struct list tracks;
	struct track *running, *interrupts;
	int tids, pids, messages;
	bool more;			/* events follow others */
	struct on_way message[MESSAGES];
};

static void put_text(struct json *j, const char *text)
{
	trace_sink_put(j->to, (struct bytes){ (const uint8_t *)text, strlen(text) });
}

/* An event; takes over `rest`, an object, or NULL. */
static void put(struct json *j, const char *phase, const struct track *t, const char *name, json_t *rest)
{
	json_t *event = json_pack("{s:s, s:f, s:i, s:i}", "ph", phase, "ts", (double)j->now_nsec / 1000, "pid", t->pid, "tid", t->tid);

	if (name)
		json_object_set_new(event, "name", out_string(name));
	if (rest)
		json_object_update(event, rest);
	json_decref(rest);
	char *text = json_dumps(event, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15));

	put_text(j, j->more ? ",\n" : "\n");
	put_text(j, text);
	free(text);
	json_decref(event);
	j->more = true;
}

static void put_arguments(struct json *j, const char *phase, const struct track *t, const char *name, json_t *arguments)
{
	put(j, phase, t, name, json_pack("{s:o}", "args", arguments));
}

static void open_slice(struct json *j, struct track *t, const char *name, json_t *arguments)
{
	put_arguments(j, "B", t, name, arguments);
	t->open = true;
}

static void close_slice(struct json *j, struct track *t, json_t *arguments)
{
	if (t->open && arguments)
		put_arguments(j, "E", t, NULL, arguments);
	else if (t->open)
		put(j, "E", t, NULL, NULL);
	else
		json_decref(arguments);
	t->open = false;
}

static void name_it(struct json *j, const struct track *t, const char *what, const char *name)
{
	put_arguments(j, "M", t, what, json_pack("{s:o}", "name", out_string(name)));
}

static struct track *add_track(struct json *j, int pid, uint32_t service, uint32_t thread, const char *name)
{
	struct track *t = arena_new(j->arena, struct track);

	*t = (struct track){ .service = service, .thread = thread, .pid = pid, .tid = ++j->tids };
	name_it(j, t, "thread_name", name);
	list_push(&j->tracks, j->arena, t);
	return t;
}

/* A thread's track; with its first one a service becomes a process. */
static struct track *track_of(struct json *j, uint32_t service, uint32_t thread)
{
	int pid = 0;

	for (size_t i = 0; i < j->tracks.count; i++) {
		struct track *t = j->tracks.at[i];

		if (t->pid == BOARD_PID || t->service != service)
			continue;
		if (t->thread == thread)
			return t;
		pid = t->pid;
	}
	bool is_new = !pid;
	struct track *t = add_track(j, is_new ? ++j->pids : pid, service, thread, trace_thread_name(thread, &j->scratch));

	if (is_new)
		name_it(j, t, "process_name", service ? trace_service_name(j->names, service, &j->scratch) : "before any service");
	return t;
}

static struct track *own_track(struct json *j, const struct trace_record *r)
{
	return track_of(j, r->service, r->thread);
}

static json_t *hexadecimal(struct json *j, uint32_t value)
{
	return json_string(arena_printf(&j->scratch, "0x%x", value));
}

static void put_message(struct json *j, const char *phase, const struct on_way *m, json_t *arguments)
{
	const struct track *t = track_of(j, m->server, 0);

	put(j, phase, t, m->name, json_pack("{s:s, s:i, s:o}", "cat", "message", "id", m->id, "args", arguments ? arguments : json_object()));
}

static void put_flow(struct json *j, const char *phase, const struct on_way *m, const struct track *t)
{
	if (m->is && m->flows)
		put(j, phase, t, m->name, json_pack("{s:s, s:i, s:s}", "cat", "flow", "id", m->id, "bp", "e"));
}

static void end_message(struct json *j, struct on_way *m, json_t *arguments)
{
	if (m->is)
		put_message(j, "e", m, arguments);
	else
		json_decref(arguments);
	m->is = false;
}

/* Whatever has begun ends here: on tracks of the service, or of all. */
static void close_all(struct json *j, bool all, uint32_t service)
{
	for (struct on_way *m = j->message; m < j->message + MESSAGES; m++)
		if (all || m->client == service || m->server == service)
			end_message(j, m, NULL);
	for (size_t i = 0; i < j->tracks.count; i++) {
		struct track *t = j->tracks.at[i];

		if (all || (t->pid != BOARD_PID && t->service == service))
			close_slice(j, t, NULL);
	}
}

static void put_instant(struct json *j, const struct track *t, const char *scope, const char *name, json_t *arguments)
{
	put(j, "i", t, name, json_pack("{s:s, s:o}", "s", scope, "args", arguments));
}

static void take_boot(struct json *j, const struct trace_record *r)
{
	close_all(j, true, 0);
	put_instant(j, j->running, "g", r->argument[0] > 1 ? "reset" : "boot", json_pack("{s:I}", "start", (json_int_t)r->argument[0]));
}

static void take_run(struct json *j, const struct trace_record *r)
{
	const char *name = r->service ? trace_service_name(j->names, r->service, &j->scratch) : NULL;

	close_slice(j, j->running, NULL);
	if (!name)
		return;
	own_track(j, r);
	if (r->thread)
		name = arena_printf(&j->scratch, "%s %s", name, trace_thread_name(r->thread, &j->scratch));
	open_slice(j, j->running, name, json_pack("{s:I}", "priority", (json_int_t)r->argument[0]));
}

static void take_call(struct json *j, const struct trace_record *r)
{
	struct track *t = own_track(j, r);
	json_t *arguments = json_array();

	for (uint32_t i = 0; i < trace_call_arguments(r->code); i++)
		json_array_append_new(arguments, hexadecimal(j, r->argument[i]));
	close_slice(j, t, NULL);	/* one that does not come back, as thread_exit */
	open_slice(j, t, trace_call_name(r->code, &j->scratch), json_pack("{s:o}", "arguments", arguments));
}

static void take_result(struct json *j, const struct trace_record *r)
{
	int32_t status = (int32_t)r->argument[0];
	json_int_t value = (json_int_t)((uint64_t)r->argument[2] << 32 | r->argument[1]);

	close_slice(j, own_track(j, r), status < 0 ? json_pack("{s:i, s:s}", "status", status, "error", err_name(status)) :
						     json_pack("{s:i, s:I}", "status", status, "value", value));
}

static void take_interrupt(struct json *j, const struct trace_record *r)
{
	close_slice(j, j->interrupts, NULL);
	open_slice(j, j->interrupts, trace_line_name(j->names, r->code, &j->scratch), json_pack("{s:i}", "line", r->code));
}

static void take_interrupt_end(struct json *j, const struct trace_record *r)
{
	(void)r;
	close_slice(j, j->interrupts, NULL);
}

static void take_send(struct json *j, const struct trace_record *r)
{
	struct on_way *m = &j->message[r->code];
	const struct track *t = own_track(j, r);

	end_message(j, m, NULL);
	*m = (struct on_way){ .is = true, .flows = t->open, .id = ++j->messages, .client = r->service, .server = r->argument[2] };
	snprintf(m->name, sizeof(m->name), "%s", trace_interface_name(j->names, r->argument[0], &j->scratch));
	put_message(j, "b", m, json_pack("{s:o, s:o, s:s, s:i}", "sid", hexadecimal(j, r->argument[0]),
		    "from", out_string(trace_service_name(j->names, r->service, &j->scratch)), "message", trace_message_name(r->argument[1], &j->scratch), "connection", r->code));
	put_flow(j, "s", m, t);
}

static void take_take(struct json *j, const struct trace_record *r)
{
	struct on_way *m = &j->message[r->code];

	if (m->is)
		put_message(j, "n", m, NULL);
	put_flow(j, "t", m, own_track(j, r));
}

static void take_reply(struct json *j, const struct trace_record *r)
{
	struct on_way *m = &j->message[r->code];

	put_flow(j, "f", m, own_track(j, r));
	end_message(j, m, json_pack("{s:i}", "status", (int32_t)r->argument[1]));
}

static void take_abandon(struct json *j, const struct trace_record *r)
{
	end_message(j, &j->message[r->code], json_pack("{s:b}", "abandoned", 1));
}

static void take_start(struct json *j, const struct trace_record *r)
{
	put_instant(j, own_track(j, r), "p", r->argument[0] > 1 ? "restart" : "start", json_pack("{s:I}", "run", (json_int_t)r->argument[0]));
}

static void take_end(struct json *j, const struct trace_record *r)
{
	const struct track *t = own_track(j, r);

	close_all(j, false, r->service);
	put_instant(j, t, "p", "end", json_object());
}

static void take_event(struct json *j, const struct trace_record *r)
{
	json_t *arguments = json_pack("{s:o, s:o}", "offset", hexadecimal(j, r->argument[1]), "address", hexadecimal(j, r->argument[2]));

	if (r->argument[0])
		json_object_set_new(arguments, "cause", json_string(trace_cause_name(r->argument[0], &j->scratch)));
	put_instant(j, r->service ? own_track(j, r) : j->running, "p", trace_event_name(r->code, &j->scratch), arguments);
}

static void take(void *state, const struct trace_record *r, uint32_t lost)
{
	static void (*const takes[])(struct json *j, const struct trace_record *r) = {
		[TRACE_BOOT] = take_boot, [TRACE_RUN] = take_run, [TRACE_CALL] = take_call, [TRACE_RESULT] = take_result,
		[TRACE_INTERRUPT] = take_interrupt, [TRACE_INTERRUPT_END] = take_interrupt_end, [TRACE_SEND] = take_send,
		[TRACE_TAKE] = take_take, [TRACE_REPLY] = take_reply, [TRACE_ABANDON] = take_abandon, [TRACE_START] = take_start,
		[TRACE_END] = take_end, [TRACE_EVENT] = take_event,
	};
	struct json *j = state;

	j->now_nsec = r->time_nsec;
	if (lost) {
		close_all(j, true, 0);
		put_instant(j, j->running, "g", "lost", json_pack("{s:I}", "records", (json_int_t)lost));
	}
	takes[r->kind](j, r);
	if (++j->taken % SCRATCHED == 0)
		arena_done(&j->scratch);
}

static void *begin(struct trace_sink *to, const struct trace_names *n, struct arena *a)
{
	struct json *j = arena_new(a, struct json);

	*j = (struct json){ .to = to, .names = n, .arena = a, .pids = BOARD_PID };
	put_text(j, "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
	j->running = add_track(j, BOARD_PID, 0, 0, "running");
	j->interrupts = add_track(j, BOARD_PID, 0, 0, "interrupts");
	name_it(j, j->running, "process_name", n->board->name);
	return j;
}

static void end(void *state, uint64_t lost)
{
	struct json *j = state;

	close_all(j, true, 0);
	put_text(j, arena_printf(&j->scratch, "\n],\"otherData\":{\"board\":\"%s\",\"lost\":%llu}}\n",
		 j->names->board->name, (unsigned long long)lost));
	arena_done(&j->scratch);
}

const struct trace_form trace_json = { begin, take, end };
