/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "oci.h"
#include "storefault.h"

/* Long enough ago; what is of the future is not. */
static bool is_old(uint64_t then)
{
	uint64_t now = (uint64_t)time(NULL);

	return then < now && now - then >= SWEEP_AGE_SEC;
}

/* Removed for a day, by the log's own time. */
static int judge_removed(struct store *s, const struct db_version *v, struct arena *a, enum sweep_why *why, struct err *e)
{
	struct leaf l;
	int rc = store_leaf(s, v->changed, a, &l, e);

	if (rc >= 0)
		*why = is_old(l.time) ? SWEEP_REMOVED : SWEEP_NEEDED;
	return rc;
}

static int judge_lost(struct store *s, const char *name, enum sweep_why *why, struct err *e)
{
	uint64_t since;
	int rc = s->blobs.since(&s->blobs, name, &since, e);

	if (rc >= 0)
		*why = is_old(since) ? SWEEP_LOST : SWEEP_NEEDED;
	return rc;
}

/* What is there and is no blob is not ours. */
static int judge(struct store *s, const char *name, struct arena *a, enum sweep_why *why, struct err *e)
{
	struct db_version v;
	int rc;

	*why = SWEEP_NEEDED;
	if (strlen(name) != BLOB_NAME_SIZE || strspn(name, "0123456789abcdef") != BLOB_NAME_SIZE || !strcmp(name, oci_empty_digest(a)))
		return MS_OK;
	rc = s->db->by_package(s->db, name, a, &v, e);
	if (!rc)
		rc = s->db->by_source(s->db, name, a, &v, e);
	if (rc > 0)
		return v.state == LEAF_REMOVED ? judge_removed(s, &v, a, why, e) : MS_OK;
	if (rc >= 0)
		rc = s->db->by_oci(s->db, name, a, &v, e);
	return rc ? rc : judge_lost(s, name, why, e);
}

static int sweep_one(struct store *s, struct sweep *w, const char *name, struct arena *a, struct err *e)
{
	enum sweep_why why;
	uint64_t size = 0;
	int fd, rc = judge(s, name, a, &why, e);

	if (rc < 0 || why == SWEEP_NEEDED)
		return rc;
	fd = s->blobs.open(&s->blobs, name, &size, e);
	if (fd >= 0)
		close(fd);
	storefault("a blob is to be swept");
	rc = w->dry_run ? MS_OK : s->blobs.remove(&s->blobs, name, e);
	storefault("a blob is swept");
	if (rc < 0)
		return rc;
	w->swept++;
	w->bytes += size;
	if (w->tell)
		w->tell(why, name, size);
	return MS_OK;
}

/* Does the database say what the log does? */
static int is_current(struct store *s, struct err *e)
{
	uint64_t at = 0;
	int rc = s->db->position(s->db, &at, e);

	return rc < 0 ? rc : at == log_size(s->log);
}

int sweep_some(struct store *s, struct sweep *w, size_t most, struct err *e)
{
	int rc = is_current(s, e);

	if (rc > 0 && !w->begun)
		rc = s->blobs.list(&s->blobs, &w->arena, &w->names, e) < 0 ? e->code : 1;
	if (rc <= 0)
		return rc;
	w->begun = true;
	for (; rc > 0 && most && w->at < w->names.count; most--) {
		struct arena a = { 0 };

		rc = sweep_one(s, w, w->names.at[w->at++], &a, e) < 0 ? e->code : 1;
		arena_done(&a);
	}
	return rc < 0 ? rc : w->at < w->names.count;
}

void sweep_done(struct sweep *w)
{
	arena_done(&w->arena);
	*w = (struct sweep){ .tell = w->tell, .dry_run = w->dry_run };
}
