/* SPDX-License-Identifier: Apache-2.0 */
#include "logseen.h"

#include "file.h"
#include "storetrust.h"

struct seeing {
	const struct note_key *key;
	const char *path;	/* of what was seen */
	struct arena *arena;
	struct err *e;
};

/* 1, 0 where none was seen yet, or negative. */
static int read_seen(const struct seeing *g, struct checkpoint *seen)
{
	struct bytes content;

	if (!file_exists(g->path))
		return 0;
	int rc = file_read(g->path, NOTE_SIZE_MAX, g->arena, &content, g->e);
	if (rc == MS_OK)
		rc = checkpoint_read(content, g->path, g->key, g->arena, seen, g->e);
	return rc < 0 ? rc : 1;
}

/* Others may have seen a newer one meanwhile, which stays. */
static int remember(const struct seeing *g, const struct checkpoint *now, struct bytes note)
{
	struct checkpoint seen;

	int rc = file_make_folders(path_folder(g->arena, g->path), g->arena, g->e);
	int lock = rc < 0 ? rc : file_lock(arena_printf(g->arena, "%s.lock", g->path), true, g->e);
	if (lock < 0)
		return lock;
	rc = read_seen(g, &seen);
	if (rc == 0 || (rc == 1 && seen.size < now->size))
		rc = file_update(g->path, note, 0644, g->arena, NULL, g->e);
	file_unlock(lock);
	return rc < 0 ? rc : MS_OK;
}

/* Both notes are signed by the store: that is all that is needed to show it to others. */
static int forked(const struct seeing *g, const struct checkpoint *seen, const struct checkpoint *now, struct bytes note)
{
	const char *other = arena_printf(g->arena, "%s.forked", g->path);
	struct err ignored;

	file_update(other, note, 0644, g->arena, NULL, &ignored);
	err_set(g->e, ERR_LOG_FORKED, "the log '%s' has two histories: the one of %llu entries that was seen before, and this one of %llu, and none begins with the other", now->origin,
		(unsigned long long)seen->size, (unsigned long long)now->size);
	return err_fix(g->e, "keep both checkpoints, '%s' and '%s': they prove it", g->path, other);
}

/* The first that is seen is not remembered for its word alone: the store has to have what it signs for, or nobody could show the true log any more. */
static int check_first(const struct seeing *g, const struct checkpoint *now, const struct tlog_tiles *t, struct bytes note)
{
	struct tlog_hash root;

	int rc = tlog_root(t, now->size, &root, g->e);
	if (rc < 0)
		return rc;
	if (tlog_equal(&root, &now->root))
		return remember(g, now, note);
	err_set(g->e, ERR_LOG_DAMAGED, "the tiles of the log '%s' do not have the root that its checkpoint of %llu entries signs for", now->origin, (unsigned long long)now->size);
	return err_fix(g->e, "use another mirror; 'ms audit' names what is wrong in this one");
}

/* The newer one must begin with the older one. */
static int check_growth(const struct seeing *g, const struct checkpoint *seen, const struct checkpoint *now, const struct tlog_tiles *t, struct bytes note)
{
	struct tlog_path proof;

	int rc = tlog_consistency(t, seen->size, now->size, &proof, g->e);
	if (rc < 0)
		return rc;
	if (!tlog_consistent(seen->size, &seen->root, now->size, &now->root, &proof))
		return forked(g, seen, now, note);
	return remember(g, now, note);
}

static int check_against(const struct seeing *g, const struct checkpoint *seen, const struct checkpoint *now, const struct tlog_tiles *t, struct bytes note)
{
	if (seen->size == now->size)
		return tlog_equal(&seen->root, &now->root) ? MS_OK : forked(g, seen, now, note);
	if (!t)
		return MS_OK;
	if (seen->size < now->size)
		return check_growth(g, seen, now, t, note);
	err_set(g->e, ERR_LOG_OLD, "the log '%s' has %llu entries here, and had %llu when it was seen before", now->origin, (unsigned long long)now->size, (unsigned long long)seen->size);
	return err_fix(g->e, "use a mirror that is up to date; what was seen is in '%s'", g->path);
}

int logseen_check(const struct note_key *k, struct bytes note, const struct tlog_tiles *t, struct arena *a, struct err *e)
{
	const struct seeing g = { k, storetrust_seen(k, a), a, e };
	struct checkpoint now, seen;

	int rc = checkpoint_read(note, "the checkpoint", k, a, &now, e);
	if (rc < 0)
		return rc;
	rc = read_seen(&g, &seen);
	if (rc < 0)
		return rc;
	if (rc == 1)
		return check_against(&g, &seen, &now, t, note);
	return t ? check_first(&g, &now, t, note) : MS_OK;
}
