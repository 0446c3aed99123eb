/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is standard input a file of trace events that holds together: valid JSON, times that never go back, slices that nest, flows
 * that begin before they go on and end once?  Then print each event as "phase process/track name", a line each.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX = 4096 };

static const char *process[MAX], *track[MAX];
static int depth[MAX];
static char flow[1 << 20];	/* 0: not yet, 1: begun, 2: ended */

static void must(int what, const char *why, size_t i)
{
	if (what)
		return;
	fprintf(stderr, "trace-events: event %zu: %s\n", i, why);
	exit(1);
}

static void take_name(const json_t *event, const char *name, size_t pid, size_t tid)
{
	const char *is = json_string_value(json_object_get(json_object_get(event, "args"), "name"));

	*(strcmp(name, "process_name") ? &track[tid] : &process[pid]) = is;
}

static void follow_flow(const json_t *event, char phase, size_t i)
{
	size_t id = (size_t)json_integer_value(json_object_get(event, "id"));

	must(id && id < sizeof(flow), "a flow without id", i);
	must(flow[id] == (phase == 's' ? 0 : 1), "a flow goes on that has not begun, or is over", i);
	flow[id] = phase == 'f' ? 2 : 1;
}

static void look_at(const json_t *event, size_t i)
{
	static double last;
	const char *phase = json_string_value(json_object_get(event, "ph")), *name = json_string_value(json_object_get(event, "name"));
	size_t pid = (size_t)json_integer_value(json_object_get(event, "pid")), tid = (size_t)json_integer_value(json_object_get(event, "tid"));
	const json_t *when = json_object_get(event, "ts");

	must(phase && pid && pid < MAX && tid && tid < MAX && json_is_real(when), "not an event", i);
	must(json_real_value(when) >= last, "time goes back", i);
	last = json_real_value(when);
	if (*phase == 'M') {
		take_name(event, name, pid, tid);
		return;
	}
	must(process[pid] && track[tid], "a process or track has no name", i);
	depth[tid] += *phase == 'B' ? 1 : *phase == 'E' ? -1 : 0;
	must(depth[tid] == 0 || depth[tid] == 1, "slices do not nest", i);
	if (strchr("stf", *phase))
		follow_flow(event, *phase, i);
	printf("%s %s/%s %s\n", phase, process[pid], track[tid], name ? name : "-");
}

int main(void)
{
	json_error_t error;
	json_t *root = json_loadf(stdin, 0, &error);
	size_t i;
	json_t *event;

	if (!root) {
		fprintf(stderr, "trace-events: line %d: %s\n", error.line, error.text);
		return 1;
	}
	json_array_foreach(json_object_get(root, "traceEvents"), i, event)
		look_at(event, i);
	must(i > 0, "no events", i);
	for (size_t t = 0; t < MAX; t++)
		must(depth[t] == 0, "a slice does not end on track", t);
	printf("lost %lld\n", (long long)json_integer_value(json_object_get(json_object_get(root, "otherData"), "lost")));
	json_decref(root);
	return 0;
}
