/* SPDX-License-Identifier: Apache-2.0 */
/* Holding a board for as long as this program runs: in line until it is free, renewed in time, given back at the end. */
#include <inttypes.h>
#include <poll.h>
#include <string.h>

#include "command.h"
#include "link.h"
#include "out.h"
#include "process.h"

#define SEC UINT64_C(1000000000)

enum { ASK_AGAIN_MSEC = 300 };

struct holding {
	struct link link;
	const char *board, *kind, *path;
	json_int_t lease_msec, ticket;
};

static bool is_wanted(const json_t *b, const struct request *r)
{
	const char *kind = json_string_value(json_object_get(b, "board"));

	return !r->kind || (kind && !strcmp(r->kind, kind));
}

/* The board that is named; or of those of the kind the first that is free, or else the first. */
static const json_t *choose(const json_t *boards, const char *name, const struct request *r)
{
	const json_t *b, *found = NULL;
	size_t i;

	json_array_foreach(boards, i, b) {
		const char *state = json_string_value(json_object_get(b, "state")), *own = json_string_value(json_object_get(b, "name"));

		if (!state || !own || (name ? strcmp(name, own) : !is_wanted(b, r)))
			continue;
		if (!found || !strcmp(state, "free"))
			found = b;
		if (!strcmp(state, "free"))
			break;
	}
	return found;
}

static int find_board(struct holding *h, const struct request *r, struct arena *a, struct err *e)
{
	json_t *answer;

	int rc = link_ask(&h->link, "GET", "/rig/v1/boards", NULL, &answer, e);
	if (rc < 0)
		return rc;
	const json_t *b = choose(json_object_get(answer, "boards"), h->board, r);
	const char *kind = json_string_value(json_object_get(b, "board"));
	if (b && kind) {
		h->board = arena_printf(a, "%s", json_string_value(json_object_get(b, "name")));
		h->kind = arena_printf(a, "%s", kind);
		h->path = arena_printf(a, "/rig/v1/boards/%s/lease", h->board);
	} else {
		err_set(e, ERR_RIG_UNKNOWN, "the rig '%s' has no %s", h->link.remote.name, h->board ? arena_printf(a, "board '%s'", h->board) : r->kind ? r->kind : "board");
		err_fix(e, "ms rig list %s", h->link.remote.name);
		rc = e->code;
	}
	json_decref(answer);
	return rc;
}

/* 1: it is ours; 0: not yet. */
static int ask(struct holding *h, json_int_t *ahead, struct err *e)
{
	json_t *answer, *body = h->ticket ? json_pack("{s:I}", "ticket", h->ticket) : json_object();

	int rc = link_ask(&h->link, "POST", h->path, body, &answer, e);
	if (rc < 0)
		return rc;
	json_int_t epoch = json_integer_value(json_object_get(answer, "epoch"));
	h->ticket = json_integer_value(json_object_get(answer, "ticket"));
	h->lease_msec = json_integer_value(json_object_get(answer, "lease_msec"));
	*ahead = json_integer_value(json_object_get(answer, "ahead"));
	json_decref(answer);
	h->link.epoch = epoch > 0 ? (uint64_t)epoch : 0;
	if (rc == 201 ? epoch > 0 && h->lease_msec > 0 : h->ticket > 0)
		return rc == 201;
	err_set(e, ERR_RIG_ANSWER, "the rig '%s' answers something else than rig/1", h->link.remote.name);
	return err_fix(e, "see that it is 'ms rig serve' of the same version as this ms");
}

static void wait_msec(uint64_t msec)
{
	struct pollfd p = { .fd = process_interrupt_fd(), .events = POLLIN };

	poll(&p, 1, (int)msec);
}

static int wait_in_line(struct holding *h, const struct request *r, struct err *e)
{
	uint64_t until = process_now_nsec() + r->wait_sec * SEC;
	json_int_t ahead = 0, told = -1;
	int rc;

	while ((rc = ask(h, &ahead, e)) == 0) {
		if (process_interrupted())
			return err_set(e, ERR_STOPPED, "interrupted");
		if (process_now_nsec() >= until) {
			err_set(e, ERR_RIG_BOARD_BUSY, "'%s' of the rig '%s' is lent to somebody else", h->board, h->link.remote.name);
			return err_fix(e, "wait in line: --wait SECONDS");
		}
		if (ahead != told)
			out_event("rig_waits", json_pack("{s:s, s:I}", "board", h->board, "ahead", ahead));
		told = ahead;
		wait_msec(ASK_AGAIN_MSEC);
	}
	return rc < 0 ? rc : MS_OK;
}

/* Each third of its time; a failure in between is made up for while there is time left. */
static int keep(struct holding *h, struct err *e)
{
	uint64_t length = (uint64_t)h->lease_msec * 1000000, ends = process_now_nsec() + length;

	for (;;) {
		wait_msec((uint64_t)h->lease_msec / 3);
		if (process_interrupted())
			return MS_OK;
		uint64_t asked = process_now_nsec();
		int rc = link_ask(&h->link, "PUT", h->path, NULL, NULL, e);
		if (rc >= 0)
			ends = asked + length;
		else if (process_interrupted())
			return MS_OK;
		else if (!strcmp(e->id, "MS2606") || !strcmp(e->id, "MS2604") || process_now_nsec() >= ends)
			return rc;
	}
}

int command_hold(const struct request *r, struct arena *a, struct err *e)
{
	struct holding *h = arena_new(a, struct holding);
	struct remote remote;
	const char *name;
	struct err ignored;

	process_catch_interrupt();
	remote_split(r->operands[0], a, &name, &h->board);
	int rc = remote_find(name, a, &remote, e);
	if (rc >= 0)
		rc = link_open(&h->link, &remote, a, e);
	if (rc >= 0)
		rc = find_board(h, r, a, e);
	if (rc >= 0)
		rc = wait_in_line(h, r, e);
	if (rc >= 0) {
		out_event("rig_lease", json_pack("{s:s, s:s, s:s, s:I}", "rig", remote.name, "name", h->board, "board", h->kind, "epoch", (json_int_t)h->link.epoch));
		rc = keep(h, e);
		h->link.leaving = true;
		link_ask(&h->link, "DELETE", h->path, NULL, NULL, &ignored);
	}
	link_close(&h->link);
	return rc < 0 ? rc : MS_OK;
}
