/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Having something done with a board that is held: the image goes there, the log comes back.  That it ends with status 0 says
 * that all of the log has come, as the board gave it, and nothing else.
 */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "file.h"
#include "frame.h"
#include "link.h"
#include "out.h"
#include "process.h"
#include "route.h"

struct driving {
	struct link link;
	const char *board, *job;
	struct frame last;
	struct arena *arena;
};

static void take(void *context, const struct frame *f)
{
	struct driving *d = context;

	if (f->kind == FRAME_TEXT && !strcmp(f->channel, "console"))
		out_event("console", json_pack("{s:o}", "text", out_string(f->text)));
	else if (f->kind == FRAME_TEXT)
		out_relay(f->text);
	if (f->kind != FRAME_LAST)
		return;
	d->last = *f;
	d->last.why = arena_printf(d->arena, "%s", f->why);
	d->last.fix = arena_printf(d->arena, "%s", f->fix);
}

static bool stop(void *context)
{
	(void)context;
	return process_interrupted() || out_is_lost();
}

static char *path(const struct driving *d, const char *what)
{
	return arena_printf(d->arena, "/rig/v1/boards/%s/%s", d->board, what);
}

static int begin(struct driving *d, const struct request *r, const char *image, struct err *e)
{
	json_t *wish = json_pack("{s:s, s:b}", "do", d->job, "fast", r->fast);
	struct bytes content;

	if (r->limit_sec)
		json_object_set_new(wish, "limit", json_integer(r->limit_sec));
	int rc = image ? file_read(image, UINT32_MAX >> 1, d->arena, &content, e) : MS_OK;
	if (rc >= 0 && image)
		rc = link_send(&d->link, path(d, "image"), content, e);
	if (rc >= 0)
		return link_ask(&d->link, "POST", path(d, "run"), wish, NULL, e);
	json_decref(wish);
	return rc;
}

/* All of the log is there: how did it end? */
static int judge(const struct driving *d, struct err *e)
{
	out_field("end", json_string(frame_end_word(d->last.end)));
	out_field("status", json_integer(d->last.status));
	if (d->last.end == FRAME_ENDED)
		return MS_OK;
	err_set(e, d->last.end == FRAME_LEASE ? ERR_RIG_LEASE_LOST : ERR_RIG_BOARD, "on '%s' of the rig '%s' %s%s%s", d->board, d->link.remote.name,
		frame_end_text(d->last.end), *d->last.why ? ": " : "", d->last.why);
	return err_fix(e, "%s", *d->last.fix ? d->last.fix : "do it again; if it stays so, ask who runs the rig");
}

static int refuse_lease(const char *word, struct err *e)
{
	err_set(e, ERR_OPERANDS, "'%s' is no number of a lease", word);
	return err_fix(e, "it is what 'ms-rig hold' has printed; 'ms run --on rig:NAME' does both");
}

int command_drive(const struct request *r, struct arena *a, struct err *e)
{
	struct driving *d = arena_new(a, struct driving);
	struct remote remote;
	struct err ignored;
	uint64_t epoch;

	process_catch_interrupt();
	d->arena = a;
	d->board = r->operands[1];
	d->job = r->operands[3];
	if (!route_number(r->operands[2], &epoch))
		return refuse_lease(r->operands[2], e);
	int rc = remote_find(r->operands[0], a, &remote, e);
	if (rc >= 0)
		rc = link_open(&d->link, &remote, a, e);
	d->link.epoch = epoch;
	if (rc >= 0)
		rc = begin(d, r, r->operands[4], e);
	if (rc >= 0)
		rc = link_follow(&d->link, path(d, "log"), take, stop, d, e);
	if (stop(d)) {
		d->link.leaving = true;
		link_ask(&d->link, "DELETE", path(d, "run"), NULL, NULL, &ignored);
		rc = err_set(e, ERR_STOPPED, "interrupted");
	}
	link_close(&d->link);
	return rc < 0 ? rc : judge(d, e);
}
