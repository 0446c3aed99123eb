/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a log: whole tiles as they are, then the journal, from which all
 * else is written anew.  What was signed for must still be there.
 */
#include "log_open.h"

#include <string.h>

#include "file.h"
#include "tlog_files.h"

static int damaged(const struct log *l, const char *why, struct err *e)
{
	err_set(e, ERR_LOG_DAMAGED, "the log in '%s' is damaged: %s", l->folder, why);
	return err_fix(e, "put back a copy of the store's folder, then open it again; nothing was changed");
}

int log_sign(struct log *l, struct logview *v, struct err *e)
{
	struct checkpoint c = { l->origin, v->edge.size, tlog_edge_root(&v->edge) };
	struct arena scratch = { 0 };

	int rc = checkpoint_sign(&c, l->key, &v->arena, &v->checkpoint, e);
	if (rc == MS_OK)
		rc = file_replace_unsynced(path_join(&scratch, l->folder, "checkpoint"), v->checkpoint, 0644, &scratch, e);
	arena_done(&scratch);
	return rc;
}

/* What was signed last, as far as the file tells: a power cut may have damaged it, which is none; size 0 then. */
static int last_signed(const struct log *l, struct checkpoint *c, struct arena *a, struct err *e)
{
	const char *path = path_join(a, l->folder, "checkpoint");
	struct note_key key;
	struct bytes content;
	struct note n;
	struct err why;

	c->size = 0;
	note_key_init(&key, l->origin, ed25519_public_of(l->key));
	int rc = file_read(path, NOTE_SIZE_MAX, a, &content, &why);
	if (rc < 0 && rc != -MS_ENOENT && rc != -MS_EFBIG)
		return *e = why, rc;
	if (rc < 0 || checkpoint_peek(content, path, a, c, &why) < 0 || note_read(content, path, a, &n, &why) < 0) {
		c->size = 0;
		return MS_OK;
	}
	rc = note_verify(&n, &key);
	if (rc == -MS_ENOENT) {
		err_set(e, ERR_STORE_DIFFERS, "the log in '%s' is of '%s', and signed by another key than '%s'", l->folder, c->origin, note_key_write(&key, a));
		return err_fix(e, "open it with its own key and name");
	}
	if (rc < 0)
		c->size = 0;
	return MS_OK;
}

/* Where the view has as many entries as were signed for, its root must be the one that was. */
static int check_root(const struct log *l, const struct checkpoint *c, struct err *e)
{
	if (c->size == 0 || c->size != l->view->edge.size)
		return MS_OK;
	struct tlog_hash root = tlog_edge_root(&l->view->edge);
	return tlog_equal(&root, &c->root) ? MS_OK : damaged(l, "its entries are not those that its checkpoint signs for", e);
}

/* The journal's entries on top of the whole tiles; at the size that was signed, the root must be the same. */
static int replay(struct log *l, const struct journal_group *groups, size_t count, const struct checkpoint *c, struct err *e)
{
	struct logview *v = l->view;

	for (size_t i = 0; i < count; i++) {
		struct bytes left = groups[i].entries, entry;
		struct tlog_hash root = tlog_edge_root(&v->edge);

		if (!tlog_equal(&root, &groups[i].root))
			return damaged(l, "its tiles are not those that its journal goes on from", e);
		while (tlog_bundle_next(&left, &entry)) {
			int rc = logview_add(v, entry, l->folder, e);
			if (rc < 0)
				return rc;
			rc = check_root(l, c, e);
			if (rc < 0)
				return rc;
		}
	}
	return MS_OK;
}

/* Before anything is written: does the journal lead from the tiles to what was signed? */
static int check_sizes(const struct log *l, const struct journal_group *groups, size_t count, const struct checkpoint *c, struct err *e)
{
	uint64_t end = groups[count - 1].first + groups[count - 1].count;

	if (groups[0].first % TLOG_WIDTH)
		return damaged(l, "its journal does not begin at a whole tile", e);
	if (end < c->size)
		return damaged(l, "its journal has less entries than its checkpoint signs for", e);
	return MS_OK;
}

static int load_journal(struct log *l, const struct checkpoint *c, struct arena *a, struct err *e)
{
	struct tlog_files files = { &l->files };
	struct tlog_tiles tiles = tlog_files_tiles(&files);
	struct journal_group *groups;
	size_t count;
	off_t end;

	int rc = journal_read(l->journal_path, a, &groups, &count, &end, e);
	if (rc == MS_OK)
		rc = check_sizes(l, groups, count, c, e);
	if (rc == MS_OK)
		rc = logview_load(l->view, groups[0].first, &tiles, e);
	if (rc == MS_OK)
		rc = check_root(l, c, e);
	if (rc == MS_OK)
		rc = replay(l, groups, count, c, e);
	if (rc == MS_OK)
		rc = journal_continue(&l->journal, l->journal_path, end, e);
	if (rc == MS_OK)
		l->journal_first = groups[0].first;
	return rc;
}

/* A log that was signed for and has no journal is a mirror's copy: its last entries are in a bundle that is not whole. */
static int begin_journal(struct log *l, const struct checkpoint *c, struct arena *a, struct err *e)
{
	struct journal_group g = { .first = c->size / TLOG_WIDTH * TLOG_WIDTH, .count = (uint32_t)(c->size % TLOG_WIDTH) };
	struct tlog_files files = { &l->files };
	struct tlog_tiles tiles = tlog_files_tiles(&files);
	int rc = MS_OK;

	if (g.count)
		rc = tlog_files_bundle(&l->files, c->size / TLOG_WIDTH, g.count, a, &g.entries, e);
	if (rc == MS_OK)
		rc = logview_load(l->view, g.first, &tiles, e);
	if (rc == MS_OK)
		rc = check_root(l, c, e);
	g.root = tlog_edge_root(&l->view->edge);
	if (rc == MS_OK)
		rc = replay(l, &g, 1, c, e);
	if (rc == MS_OK)
		rc = journal_begin(&l->journal, l->journal_path, &g, a, e);
	if (rc == MS_OK)
		l->journal_first = g.first;
	return rc;
}

static int lock(struct log *l, struct arena *a, struct err *e)
{
	const char *path = path_join(a, l->folder, "lock");

	int rc = file_make_folders(l->folder, a, e);
	if (rc < 0)
		return rc;
	l->lock_fd = file_lock(path, false, e);
	if (l->lock_fd != -MS_EBUSY)
		return l->lock_fd < 0 ? l->lock_fd : MS_OK;
	err_set(e, ERR_LOG_BUSY, "another program writes the log in '%s'", l->folder);
	return err_fix(e, "stop it first: 'ms store serve' holds its store's log for as long as it runs");
}

static int load(struct log *l, struct arena *a, struct err *e)
{
	struct checkpoint c;

	int rc = lock(l, a, e);
	if (rc == MS_OK)
		rc = last_signed(l, &c, a, e);
	if (rc == MS_OK)
		rc = file_exists(l->journal_path) ? load_journal(l, &c, a, e) : begin_journal(l, &c, a, e);
	if (rc == MS_OK) {
		logview_remove_beyond(l->view, l->folder, a);
		rc = logview_write_partial(l->view, 0, l->folder, a, e);
	}
	if (rc == MS_OK)
		rc = log_sign(l, l->view, e);
	return rc;
}

int log_load(struct log *l, const char *store, const char *origin, struct err *e)
{
	struct arena scratch = { 0 };

	if (!note_name_ok((struct bytes){ (const uint8_t *)origin, strlen(origin) }))
		return err_set(e, ERR_STORE_KEY, "'%s' cannot be the name of a log: printable ASCII without blanks and '+'", origin);
	l->origin = arena_printf(&l->own, "%s", origin);
	l->folder = path_join(&l->own, store, "log");
	l->journal_path = path_join(&l->own, l->folder, "journal");
	l->files = storefiles_folder(arena_printf(&l->own, "%s", store), &l->own);
	l->waiting_end = &l->waiting;
	l->view = logview_new();
	int rc = load(l, &scratch, e);
	arena_done(&scratch);
	return rc;
}
