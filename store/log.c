/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "log_open.h"
#include "tlog_files.h"

/* A caller of log_append that waits: for the one who writes, or to be that one. */
struct waiter {
	const struct bytes *entries;
	size_t count;
	uint64_t first;
	struct waiter *next;
	bool done;
	int rc;
	struct err why;
};

int log_open(const char *store, const char *origin, const struct ed25519 *k, struct log **out, struct err *e)
{
	struct arena own = { 0 };
	struct log *l = arena_new(&own, struct log);

	*l = (struct log){ .own = own, .key = k, .lock_fd = -1, .journal.fd = -1 };
	pthread_mutex_init(&l->mutex, NULL);
	pthread_cond_init(&l->changed, NULL);
	int rc = log_load(l, store, origin, e);
	if (rc < 0)
		log_close(l);
	else
		*out = l;
	return rc;
}

void log_close(struct log *l)
{
	struct arena own;

	if (!l)
		return;
	journal_close(&l->journal);
	if (l->lock_fd >= 0)
		file_unlock(l->lock_fd);
	logview_free(l->view);
	arena_done(&l->read);
	pthread_cond_destroy(&l->changed);
	pthread_mutex_destroy(&l->mutex);
	own = l->own;
	arena_done(&own);
}

/* The entries of all who wait as one group of the journal, in the order in which they came. */
static void gather(struct waiter *list, const struct tlog_edge *before, struct journal_group *g, struct arena *a)
{
	struct text t = { 0 };

	*g = (struct journal_group){ .first = before->size, .root = tlog_edge_root(before) };
	for (struct waiter *w = list; w; w = w->next) {
		w->first = before->size + g->count;
		for (size_t i = 0; i < w->count; i++)
			tlog_bundle_add(&t, w->entries[i], a);
		g->count += (uint32_t)w->count;
	}
	g->entries = (struct bytes){ (uint8_t *)t.at, t.size };
}

/* From the journal to what everybody sees: tiles first, then the checkpoint that counts them. */
static int show(struct log *l, struct logview *v, const struct journal_group *g, struct arena *a, struct err *e)
{
	struct bytes left = g->entries, entry;
	int rc = MS_OK;

	while (rc == MS_OK && tlog_bundle_next(&left, &entry))
		rc = logview_add(v, entry, l->folder, e);
	if (rc == MS_OK)
		rc = logview_write_partial(v, g->first, l->folder, a, e);
	if (rc == MS_OK)
		rc = log_sign(l, v, e);
	return rc;
}

/* Whole tiles are durable: the journal need not keep their entries.  If that fails it does, and the next group tries again. */
static void let_go(struct log *l, const struct logview *v, uint64_t before, struct arena *a)
{
	uint64_t whole = v->edge.size / TLOG_WIDTH * TLOG_WIDTH;
	struct journal_group rest = {
		.first = whole, .root = logview_whole_root(v), .count = (uint32_t)(v->edge.size - whole),
		.entries = { (uint8_t *)v->tail.at, v->tail.size },
	};
	struct err ignored;

	if (whole / TLOG_WIDTH == l->journal_first / TLOG_WIDTH)
		return;
	if (journal_begin(&l->journal, l->journal_path, &rest, a, &ignored) == MS_OK)
		l->journal_first = whole;
	logview_remove_partial(v, before, l->folder, a);
}

/* One group: durable in the journal, then shown, then known here.  Whatever fails before the checkpoint is taken back. */
static int write_group(struct log *l, struct waiter *list, struct err *e)
{
	struct arena a = { 0 };
	struct logview *next = logview_copy(l->view);
	uint64_t before = l->view->edge.size;
	off_t end = l->journal.end;
	struct journal_group g;
	struct err again;

	gather(list, &l->view->edge, &g, &a);
	int rc = journal_add(&l->journal, &g, &l->broken, e);
	if (rc == MS_OK) {
		rc = show(l, next, &g, &a, e);
		if (rc < 0) {
			l->broken = journal_undo(&l->journal, end, &again) < 0;
			logview_remove_beyond(l->view, l->folder, &a);
		}
	}
	if (rc == MS_OK) {
		let_go(l, next, before, &a);
		pthread_mutex_lock(&l->mutex);
		struct logview *old = l->view;
		l->view = next;
		pthread_mutex_unlock(&l->mutex);
		next = old;
	}
	logview_free(next);
	arena_done(&a);
	return rc;
}

/* As many of those who wait as make one group. */
static struct waiter *take_group(struct log *l)
{
	struct waiter *first = l->waiting, *last = first;
	size_t count = first->count;

	while (last->next && count + last->next->count <= LOG_GROUP_MAX) {
		last = last->next;
		count += last->count;
	}
	l->waiting = last->next;
	if (!l->waiting)
		l->waiting_end = &l->waiting;
	last->next = NULL;
	return first;
}

/* With the mutex held: write for all who wait, this caller among them perhaps. */
static void lead(struct log *l)
{
	struct waiter *group = take_group(l);
	struct err why = { 0 };
	int rc;

	l->writing = true;
	pthread_mutex_unlock(&l->mutex);
	if (l->broken)
		rc = err_set(&why, ERR_INPUT_OUTPUT, "the log in '%s' could not be written before: it must be opened anew", l->folder);
	else
		rc = write_group(l, group, &why);
	pthread_mutex_lock(&l->mutex);
	l->writing = false;

	for (struct waiter *w = group, *next; w; w = next) {
		next = w->next;
		w->rc = rc;
		w->why = why;
		w->done = true;	/* from here on w is its caller's */
	}
	pthread_cond_broadcast(&l->changed);
}

static int check_entries(const struct bytes *entries, size_t count, struct err *e)
{
	if (count == 0 || count > LOG_GROUP_MAX)
		return err_set(e, ERR_TOO_LARGE, "a log takes 1 to %d entries at once, not %zu", LOG_GROUP_MAX, count);
	for (size_t i = 0; i < count; i++)
		if (entries[i].size == 0 || entries[i].size > TLOG_ENTRY_MAX)
			return err_set(e, ERR_TOO_LARGE, "an entry of %zu bytes: a log takes 1 to %d", entries[i].size, TLOG_ENTRY_MAX);
	return MS_OK;
}

int log_append(struct log *l, const struct bytes *entries, size_t count, uint64_t *first, struct err *e)
{
	struct waiter me = { .entries = entries, .count = count };

	int rc = check_entries(entries, count, e);
	if (rc < 0)
		return rc;
	pthread_mutex_lock(&l->mutex);
	*l->waiting_end = &me;
	l->waiting_end = &me.next;
	while (!me.done) {
		if (l->writing)
			pthread_cond_wait(&l->changed, &l->mutex);
		else
			lead(l);
	}
	pthread_mutex_unlock(&l->mutex);
	if (me.rc < 0)
		*e = me.why;
	else
		*first = me.first;
	return me.rc;
}

uint64_t log_size(struct log *l)
{
	pthread_mutex_lock(&l->mutex);
	uint64_t size = l->view->edge.size;
	pthread_mutex_unlock(&l->mutex);
	return size;
}

int log_checkpoint(struct log *l, struct arena *a, struct bytes *note, struct err *e)
{
	(void)e;
	pthread_mutex_lock(&l->mutex);
	*note = arena_copy(a, l->view->checkpoint);
	pthread_mutex_unlock(&l->mutex);
	return MS_OK;
}

const char *log_key(struct log *l, struct arena *a)
{
	struct note_key k;

	note_key_init(&k, l->origin, ed25519_public_of(l->key));
	return note_key_write(&k, a);
}

/* The entry at `at` of a bundle that has it. */
static struct bytes entry_of(struct bytes bundle, uint64_t at)
{
	struct bytes entry = { 0 };

	for (uint64_t i = 0; i <= at; i++)
		if (!tlog_bundle_next(&bundle, &entry))
			return (struct bytes){ 0 };
	return entry;
}

/* With the mutex held: a whole bundle, into l->bundle.  It never changes. */
static int read_bundle(struct log *l, uint64_t number, struct err *e)
{
	if (l->bundle.size && l->bundle_number == number)
		return MS_OK;
	arena_done(&l->read);
	l->bundle = (struct bytes){ 0 };
	l->bundle_number = number;
	return tlog_files_bundle(&l->files, number, TLOG_WIDTH, &l->read, &l->bundle, e);
}

/* With the mutex held. */
static int entry_at(struct log *l, uint64_t index, struct arena *a, struct bytes *entry, struct err *e)
{
	uint64_t size = l->view->edge.size, number = index / TLOG_WIDTH;
	bool whole = number != size / TLOG_WIDTH;

	if (index >= size)
		return err_set(e, ERR_LOG_NO_ENTRY, "the log in '%s' has no entry %llu", l->folder, (unsigned long long)index);
	int rc = whole ? read_bundle(l, number, e) : MS_OK;
	if (rc == MS_OK)
		*entry = arena_copy(a, entry_of(whole ? l->bundle : (struct bytes){ (uint8_t *)l->view->tail.at, l->view->tail.size }, index % TLOG_WIDTH));
	return rc;
}

int log_entry(struct log *l, uint64_t index, struct arena *a, struct bytes *entry, struct err *e)
{
	pthread_mutex_lock(&l->mutex);
	int rc = entry_at(l, index, a, entry, e);
	pthread_mutex_unlock(&l->mutex);
	return rc;
}

/* Hashes that are whole in files, the others at the edge. */
static int read_tile(void *context, int level, uint64_t number, uint32_t width, struct tlog_hash *out, struct err *e)
{
	const struct log *l = context;
	struct tlog_files f = { &l->files };
	struct tlog_tiles t = tlog_files_tiles(&f);

	if (width == TLOG_WIDTH)
		return t.read(t.context, level, number, width, out, e);
	memcpy(out, l->view->edge.tile[level], width * sizeof(*out));
	return MS_OK;
}

int log_proof(struct log *l, uint64_t index, struct arena *a, struct bytes *proof, struct err *e)
{
	struct tlog_tiles t = { .read = read_tile, .context = l };
	struct tlog_proof p = { .index = index };

	pthread_mutex_lock(&l->mutex);
	p.checkpoint = l->view->checkpoint;
	int rc = entry_at(l, index, a, &p.entry, e);
	if (rc == MS_OK)
		rc = tlog_inclusion(&t, index, l->view->edge.size, &p.path, e);
	if (rc == MS_OK)
		*proof = tlog_proof_write(&p, a);
	pthread_mutex_unlock(&l->mutex);
	return rc;
}
