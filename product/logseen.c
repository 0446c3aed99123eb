/* SPDX-License-Identifier: Apache-2.0 */
#include "logseen.h"

#include "file.h"
#include "storetrust.h"

static int remember(const char *path, struct bytes note, struct arena *a, struct err *e)
{
	int rc = file_make_folders(path_folder(a, path), a, e);
	return rc < 0 ? rc : file_update(path, note, 0644, a, NULL, e);
}

/* Both notes are signed by the store: that is all that is needed to show it to others. */
static int forked(const struct checkpoint *seen, const struct checkpoint *now, const char *path, struct bytes note, struct arena *a, struct err *e)
{
	const char *other = arena_printf(a, "%s.forked", path);
	struct err ignored;

	remember(other, note, a, &ignored);
	err_set(e, ERR_LOG_FORKED, "the log '%s' has two histories: the one of %llu entries that was seen before, and this one of %llu, and none begins with the other", now->origin,
		(unsigned long long)seen->size, (unsigned long long)now->size);
	return err_fix(e, "keep both checkpoints, '%s' and '%s': they prove it", path, other);
}

/* The newer one must begin with the older one. */
static int check_growth(const struct checkpoint *seen, const struct checkpoint *now, const struct tlog_tiles *t, const char *path, struct bytes note, struct arena *a,
			struct err *e)
{
	struct tlog_path proof;

	int rc = tlog_consistency(t, seen->size, now->size, &proof, e);
	if (rc < 0)
		return rc;
	if (!tlog_consistent(seen->size, &seen->root, now->size, &now->root, &proof))
		return forked(seen, now, path, note, a, e);
	return remember(path, note, a, e);
}

static int check_against(const struct checkpoint *seen, const struct checkpoint *now, const struct tlog_tiles *t, const char *path, struct bytes note, struct arena *a,
			 struct err *e)
{
	if (seen->size == now->size)
		return tlog_equal(&seen->root, &now->root) ? MS_OK : forked(seen, now, path, note, a, e);
	if (!t)
		return MS_OK;
	if (seen->size < now->size)
		return check_growth(seen, now, t, path, note, a, e);
	err_set(e, ERR_LOG_OLD, "the log '%s' has %llu entries here, and had %llu when it was seen before", now->origin, (unsigned long long)now->size,
		(unsigned long long)seen->size);
	return err_fix(e, "use a mirror that is up to date; what was seen is in '%s'", path);
}

int logseen_check(const struct note_key *k, struct bytes note, const struct tlog_tiles *t, struct arena *a, struct err *e)
{
	const char *path = storetrust_seen(k, a);
	struct checkpoint now, seen;
	struct bytes content;

	int rc = checkpoint_read(note, "the checkpoint", k, a, &now, e);
	if (rc < 0)
		return rc;
	if (!file_exists(path))
		return t ? remember(path, note, a, e) : MS_OK;
	rc = file_read(path, NOTE_SIZE_MAX, a, &content, e);
	if (rc == MS_OK)
		rc = checkpoint_read(content, path, k, a, &seen, e);
	return rc < 0 ? rc : check_against(&seen, &now, t, path, note, a, e);
}
