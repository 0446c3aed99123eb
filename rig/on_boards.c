/* SPDX-License-Identifier: Apache-2.0 */
/* Which boards there are, and how the agent is. */
#include <inttypes.h>
#include <string.h>

#include "rigweb.h"
#include "out.h"

static json_t *board_json(const struct pod *p)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:s, s:o, s:i}", "name", p->lent->name, "board", p->lent->board, "way", p->lent->way,
			 "virtual", !strcmp(p->lent->way, "qemu"), "state", pod_state(p), "user", p->lease.held ? json_string(p->lease.user) : json_null(),
			 "waiting", (int)p->lease.waiting);
}

enum MHD_Result get_boards(struct call *c)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < agent_of(c)->pod_count; i++)
		json_array_append_new(all, board_json(&agent_of(c)->pods[i]));
	return call_json(c, MHD_HTTP_OK, json_pack("{s:s, s:o}", "protocol", "rig/1", "boards", all));
}

enum MHD_Result get_livez(struct call *c)
{
	return call_text(c, "alive\n");
}

static void add(struct text *t, struct arena *a, const char *name, const char *type, const char *what, uint64_t value)
{
	text_add(t, a, "# HELP rig_%s %s\n# TYPE rig_%s %s\nrig_%s %" PRIu64 "\n", name, what, name, type, name, value);
}

enum MHD_Result get_metrics(struct call *c)
{
	const struct agent *g = agent_of(c);
	uint64_t lent = 0, runs = 0, lost = 0, waiting = 0, settling = 0;
	struct text t = { 0 };

	for (const struct pod *p = g->pods; p < g->pods + g->pod_count; p++) {
		lent += p->lease.held;
		settling += !p->lease.held && !p->ready;
		waiting += p->lease.waiting;
		runs += p->runs;
		lost += p->lost;
	}
	add(&t, &c->arena, "boards", "gauge", "Boards that the rig has.", g->pod_count);
	add(&t, &c->arena, "boards_lent", "gauge", "Boards that somebody holds.", lent);
	add(&t, &c->arena, "boards_settling", "gauge", "Boards that nobody holds and that are still driven.", settling);
	add(&t, &c->arena, "waiting", "gauge", "Clients in line.", waiting);
	add(&t, &c->arena, "runs_total", "counter", "Runs since the start.", runs);
	add(&t, &c->arena, "runs_cut_total", "counter", "Runs that lease, time or size ended.", lost);
	add(&t, &c->arena, "requests_total", "counter", "Requests since the start.", c->web->requests);
	add(&t, &c->arena, "refused_total", "counter", "Requests that were answered by a problem.", c->web->refused);
	add(&t, &c->arena, "up_seconds", "gauge", "Since the start.", (process_now_nsec() - g->begun_nsec) / 1000000000);
	return call_text(c, t.at);
}
