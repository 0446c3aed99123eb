/* SPDX-License-Identifier: Apache-2.0 */
#include "scribe.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "out.h"
#include "storefault.h"
#include "sweep.h"

enum { GROUP_MAX = 64, SWEEP_AT_ONCE = 200, SWEEP_PAUSE_SEC = 1, SWEEP_AGAIN_SEC = 86400 };

struct scribe {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t mutex;		/* of what follows */
	pthread_cond_t more;
	struct order *waiting, **waiting_end;
	bool stopping;
	struct sweep sweep;		/* of the thread's own */
	struct timespec sweep_at;	/* of the clock that is never set */
	atomic_bool well;
	atomic_uint_fast64_t groups, orders;
};

/* Into the database as if the log had it already, so that the next order sees it. */
static int apply(struct store *s, struct order *o, uint64_t *next)
{
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < o->leaf_count; i++) {
		o->index = *next;
		rc = s->db->apply(s->db, (*next)++, &o->leaves[i], o->oci, &o->facts, &o->why);
	}
	return rc;
}

/* At most: as many are made room for. */
static size_t entries_of(const struct order *o)
{
	return o->kind == ORDER_STOP ? ORDER_LEAF_MAX : ORDER_LEAF_OWN;
}

/* All of an order's or none. */
static int add_entries(struct order *o, struct store_coming *all)
{
	size_t before = all->count;
	int rc = MS_OK;

	assert(o->leaf_count <= entries_of(o));
	for (size_t i = 0; rc >= 0 && i < o->leaf_count; i++) {
		struct arena scratch = { 0 };
		struct bytes entry;

		rc = leaf_write(&o->leaves[i], &scratch, &entry, &o->why);
		if (rc >= 0)
			all->at[all->count++] = arena_copy(&o->arena, entry);
		arena_done(&scratch);
	}
	if (rc >= 0)
		return MS_OK;
	all->count = before;
	return order_refuse(o, 422, "not-loggable");
}

static void fail(struct order *o, const struct err *why)
{
	o->why = *why;
	order_refuse(o, why->code == -MS_ENOSPC ? 507 : 500, why->code == -MS_ENOSPC ? "no-room" : "trouble");
	o->dry_run = false;
}

/* All that are not refused already fail with it. */
static void fail_all(struct order *list, const struct err *why)
{
	for (struct order *o = list; o; o = o->next)
		if (!o->title)
			fail(o, why);
}

/* Does something that will be in the log name bytes? */
static bool brings_bytes(const struct order *list)
{
	for (const struct order *o = list; o; o = o->next)
		if (!o->title && o->leaf_count && (o->leaves[0].kind == LEAF_PUBLISH || o->leaves[0].kind == LEAF_SOURCE))
			return true;
	return false;
}

/* What came is durable, with the manifests that go with it: where one is on the disk, the others mostly are. */
static int settle_bytes(const struct blobs *b, const struct order *list, struct err *e)
{
	int rc = MS_OK;

	for (const struct order *o = list; o && rc >= 0; o = o->next)
		if (!o->title && o->leaf_count && o->leaves[0].kind == LEAF_PUBLISH)
			rc = b->sync(b, o->oci, e);
	return rc < 0 ? rc : b->settle(b, e);
}

/* Check and apply all; the entries of those that may be done. */
static int check_all(struct scribe *w, struct order *list, struct store_coming *all, struct err *e)
{
	const struct blobs *b = &w->store->blobs;
	uint64_t next = log_size(w->store->log);

	for (const struct order *o = list; o; o = o->next)
		if (o->file && !o->dry_run)
			b->expect(b, o->file);

	for (struct order *o = list; o; o = o->next) {
		if (order_check(w->store, o) < 0 || add_entries(o, all) < 0)
			continue;
		if (apply(w->store, o, &next) < 0) {
			*e = o->why;
			return e->code;
		}
	}
	return brings_bytes(list) ? settle_bytes(b, list, e) : MS_OK;
}

/* In the order that makes the log the truth: blobs are durable, then the log, then the database. */
static int write_all(struct scribe *w, struct order *list, struct err *e)
{
	struct store *s = w->store;
	struct store_coming all;	/* each lies in its order's arena */
	struct err other;
	uint64_t first;

	int rc = store_catch_up(s, e);
	if (rc >= 0)
		rc = s->db->begin(s->db, e);
	if (rc < 0)
		return rc;
	all.count = 0;
	s->coming = &all;
	rc = check_all(w, list, &all, e);
	s->coming = NULL;
	storefault("checked, not in the log");
	if (rc >= 0 && all.count)
		rc = log_append(s->log, all.at, all.count, &first, e);
	storefault("in the log, not in the database");
	if (rc < 0) {
		s->db->end(s->db, false, &other);
		return rc;
	}
	rc = s->db->end(s->db, true, &other);
	storefault("in the database, not in the index");
	if (rc < 0 && all.count)	/* nobody hears that it was not kept, as of a full disk: the log has it, and the database follows */
		return err_set(e, ERR_INPUT_OUTPUT, "the log has what the database has not yet: %s", other.text);
	if (rc < 0)
		*e = other;
	return rc;
}

/* What is durable is answered as done, also where the index cannot be written now: it follows from the log, and the next group tries again. */
static bool write_index(struct scribe *w)
{
	struct err why;
	int rc = store_index_catch_up(w->store, &why);

	if (rc < 0)
		out_warn("the index is behind the log: %s", why.text);
	storefault("in the index, not answered");
	return rc >= 0;
}

static void carry_out(struct scribe *w, struct order *list)
{
	struct err why = { 0 };
	int rc = write_all(w, list, &why);

	atomic_store(&w->well, rc >= 0 && write_index(w));
	atomic_fetch_add(&w->groups, 1);
	if (rc < 0)
		fail_all(list, &why);
	for (struct order *o = list, *next; o; o = next) {
		next = o->next;
		if (!o->title)
			order_answer(w->store, o);
		atomic_fetch_add(&w->orders, 1);
		o->done(o);	/* from here on it is somebody else's */
	}
}

/* With the mutex held: as many as the log takes at once, whatever they come to; once it is checked, what an order needs besides (a token, an end of what waited) is done. */
static struct order *take(struct scribe *w)
{
	struct order *first = w->waiting, *last = first;
	size_t most = entries_of(first);

	for (int i = 1; i < GROUP_MAX && last->next && most + entries_of(last->next) <= LOG_GROUP_MAX; i++) {
		last = last->next;
		most += entries_of(last);
	}
	w->waiting = last->next;
	if (!w->waiting)
		w->waiting_end = &w->waiting;
	last->next = NULL;
	return first;
}

static void sweep_in(struct scribe *w, time_t sec)
{
	clock_gettime(CLOCK_MONOTONIC, &w->sweep_at);
	w->sweep_at.tv_sec += sec;
}

/* A part of it, when nobody waits; all of it at the start and once a day. */
static void sweep(struct scribe *w)
{
	struct err why;
	int rc = store_catch_up(w->store, &why);

	if (rc >= 0)
		rc = sweep_some(w->store, &w->sweep, SWEEP_AT_ONCE, &why);
	if (rc < 0)
		out_warn("what is not needed stays: %s", why.text);
	if (rc <= 0 && w->sweep.swept)
		out_say("swept: %" PRIu64 " files that are not needed, %" PRIu64 " bytes", w->sweep.swept, w->sweep.bytes);
	if (rc <= 0)
		sweep_done(&w->sweep);
	sweep_in(w, rc > 0 ? SWEEP_PAUSE_SEC : SWEEP_AGAIN_SEC);
}

/* With the mutex held, until there is an order, an end, or time to sweep. */
static void wait_for_more(struct scribe *w)
{
	if (pthread_cond_timedwait(&w->more, &w->mutex, &w->sweep_at) != ETIMEDOUT || w->waiting || w->stopping)
		return;
	pthread_mutex_unlock(&w->mutex);
	sweep(w);
	pthread_mutex_lock(&w->mutex);
}

static void *work(void *context)
{
	struct scribe *w = context;

	pthread_mutex_lock(&w->mutex);
	while (!w->stopping || w->waiting) {
		if (!w->waiting) {
			wait_for_more(w);
			continue;
		}
		struct order *list = take(w);
		pthread_mutex_unlock(&w->mutex);
		carry_out(w, list);
		pthread_mutex_lock(&w->mutex);
	}
	pthread_mutex_unlock(&w->mutex);
	return NULL;
}

int scribe_start(struct store *s, struct arena *a, struct scribe **out, struct err *e)
{
	struct scribe *w = arena_new(a, struct scribe);
	pthread_condattr_t clock;

	*w = (struct scribe){ .store = s, .well = true };
	w->waiting_end = &w->waiting;
	pthread_mutex_init(&w->mutex, NULL);
	sweep_in(w, SWEEP_PAUSE_SEC);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&w->more, &clock);
	pthread_condattr_destroy(&clock);
	if (pthread_create(&w->thread, NULL, work, w))
		return err_set(e, ERR_NO_MEMORY, "cannot start a thread");
	*out = w;
	return MS_OK;
}

void scribe_add(struct scribe *w, struct order *o)
{
	o->next = NULL;
	pthread_mutex_lock(&w->mutex);
	*w->waiting_end = o;
	w->waiting_end = &o->next;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->mutex);
}

void scribe_stop(struct scribe *w)
{
	pthread_mutex_lock(&w->mutex);
	w->stopping = true;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->mutex);
	pthread_join(w->thread, NULL);
	sweep_done(&w->sweep);
	pthread_mutex_destroy(&w->mutex);
	pthread_cond_destroy(&w->more);
}

bool scribe_is_well(struct scribe *w)
{
	return atomic_load(&w->well);
}

void scribe_counts(struct scribe *w, uint64_t *groups, uint64_t *orders)
{
	*groups = atomic_load(&w->groups);
	*orders = atomic_load(&w->orders);
}
