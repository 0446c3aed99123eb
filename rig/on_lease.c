/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowing a board, keeping it, giving it back. */
#include <inttypes.h>

#include "rigweb.h"
#include "out.h"

static uint64_t length_nsec(const struct call *c)
{
	return agent_of(c)->config.lease_msec * UINT64_C(1000000);
}

static enum MHD_Result lend(struct call *c, uint64_t ticket)
{
	struct err e;

	if (pod_lend(pod_of(c), c->user, ticket, length_nsec(c), &e) < 0)
		return call_failed(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "no-epoch-kept", &e);
	out_detail("%s: lease %" PRIu64 " for %s", pod_of(c)->lent->name, pod_of(c)->lease.epoch, c->user);
	return call_json(c, MHD_HTTP_CREATED, json_pack("{s:I, s:i, s:s}", "epoch", (json_int_t)pod_of(c)->lease.epoch,
		"lease_msec", (int)agent_of(c)->config.lease_msec, "board", pod_of(c)->lent->board));
}

enum MHD_Result post_lease(struct call *c)
{
	json_t *o = call_object(c), *said = json_object_get(o, "ticket");
	uint64_t ticket = said && json_integer_value(said) > 0 ? (uint64_t)json_integer_value(said) : 0;
	bool good = o && (!said || json_is_integer(said));
	uint32_t ahead;

	json_decref(o);
	if (!good)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be {} or {\"ticket\": N}");
	if (lease_ask(&pod_of(c)->lease, c->user, pod_of(c)->ready, process_now_nsec(), &ticket, &ahead))
		return lend(c, ticket);
	if (!ticket)
		return call_problem(c, MHD_HTTP_SERVICE_UNAVAILABLE, "line-full", "too many wait for this board");
	return call_json(c, MHD_HTTP_ACCEPTED, json_pack("{s:I, s:i, s:s}", "ticket", (json_int_t)ticket, "ahead", (int)ahead, "state", pod_state(pod_of(c))));
}

enum MHD_Result put_lease(struct call *c)
{
	lease_renew(&pod_of(c)->lease, process_now_nsec(), length_nsec(c));
	return call_json(c, MHD_HTTP_OK, json_pack("{s:i}", "lease_msec", (int)agent_of(c)->config.lease_msec));
}

enum MHD_Result delete_lease(struct call *c)
{
	pod_take_back(pod_of(c));
	return call_json(c, MHD_HTTP_NO_CONTENT, NULL);
}
