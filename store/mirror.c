/* SPDX-License-Identifier: Apache-2.0 */
#include "mirror.h"

#include <string.h>

#include "file.h"
#include "moving.h"
#include "spool.h"
#include "storeindex.h"
#include "tilewriter.h"
#include "tlog_files.h"

struct mirroring {
	const struct storefiles *from;
	struct storefiles counted, here;
	const struct note_key *key;
	const char *out;
	struct mirror *m;
	struct ledger ledger;
	struct spool spool;
	struct ledger_entries entries;	/* of it */
	struct bytes note;
};

static int read_counted(void *context, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct mirroring *r = context;

	int rc = r->from->read(r->from->context, path, limit, a, content, e);
	r->m->requests++;
	r->m->bytes += rc == MS_OK ? content->size : 0;
	return rc;
}

/* What is mirrored already; size 0 if nothing is. */
static int read_before(struct mirroring *r, struct checkpoint *c, struct arena *a, struct err *e)
{
	const char *path = path_join(a, r->out, "log/checkpoint");
	struct bytes note;

	c->size = 0;
	if (!file_exists(path))
		return MS_OK;
	int rc = file_read(path, NOTE_SIZE_MAX, a, &note, e);
	return rc < 0 ? rc : checkpoint_read(note, path, r->key, a, c, e);
}

static int refuse_fork(const struct mirroring *r, struct err *e)
{
	err_set(e, ERR_LOG_FORKED, "'%s' and the mirror in '%s' have two histories of one log", r->from->name, r->out);
	return err_fix(e, "keep 'log/checkpoint' of both, which prove it, for both are signed by its key; the mirror is as it was");
}

static int check_age(const struct mirroring *r, const struct checkpoint *before, struct err *e)
{
	const struct checkpoint *now = &r->m->checkpoint;

	if (now->size < before->size) {
		err_set(e, ERR_LOG_OLD, "'%s' has %llu entries, and the mirror in '%s' has %llu of the same log", r->from->name, (unsigned long long)now->size, r->out,
			(unsigned long long)before->size);
		return err_fix(e, "mirror a store or a mirror that is up to date");
	}
	if (now->size == before->size && before->size && !tlog_equal(&now->root, &before->root))
		return refuse_fork(r, e);
	return MS_OK;
}

/* A bundle: from here if it is here whole, else fetched. */
static int take_bundle(struct mirroring *r, uint64_t number, struct arena *a, struct bytes *bundle, struct err *e)
{
	uint32_t width = tlog_tile_width(TLOG_ENTRIES, number, r->m->checkpoint.size);
	bool is_here = width == TLOG_WIDTH && (number + 1) * TLOG_WIDTH <= r->m->before;

	int rc = tlog_files_bundle(is_here ? &r->here : &r->counted, number, width, a, bundle, e);
	return rc < 0 ? rc : spool_add(&r->spool, *bundle, e);
}

/* Does what the source has begin with what the mirror has?  Before an entry is fetched. */
static int check_growth(struct mirroring *r, const struct checkpoint *before, struct err *e)
{
	const struct checkpoint *now = &r->m->checkpoint;
	struct tlog_files f = { &r->counted };
	struct tlog_tiles tiles = tlog_files_tiles(&f);
	struct tlog_path proof;

	if (!before->size)
		return MS_OK;
	int rc = tlog_consistency(&tiles, before->size, now->size, &proof, e);
	if (rc < 0)
		return rc;
	return tlog_consistent(before->size, &before->root, now->size, &now->root, &proof) ? MS_OK : refuse_fork(r, e);
}

/* Of one history both have signed. */
static int refuse_damaged(const struct mirroring *r, const struct checkpoint *before, struct err *e)
{
	err_set(e, ERR_LOG_DAMAGED, "the first %llu entries, of the mirror in '%s' and for the last of them of '%s', are not those that both have signed", (unsigned long long)before->size, r->out, r->from->name);
	return err_fix(e, "mirror into an empty folder, which takes all of them from there; the mirror in '%s' is as it was", r->out);
}

/* Its entries, each held against those before it; at the size that the mirror had, the root must be the one that it had. */
static int add_entries(struct mirroring *r, struct bytes left, const struct checkpoint *before, struct tlog_edge *edge, struct err *e)
{
	struct bytes entry;
	int rc = MS_OK;

	while (rc == MS_OK && tlog_bundle_next(&left, &entry)) {
		struct tlog_hash leaf = tlog_leaf(entry), root;

		tlog_edge_add(edge, &leaf, NULL, NULL, e);
		if (edge->size == before->size && (root = tlog_edge_root(edge), !tlog_equal(&root, &before->root)))
			return refuse_damaged(r, before, e);
		rc = ledger_add(&r->ledger, entry, e);
	}
	return rc;
}

/* All of them, and all against the root.  How many there are is only said so far: nothing is as large as that before they have come. */
static int take_entries(struct mirroring *r, const struct checkpoint *before, struct arena *a, struct err *e)
{
	struct tlog_edge *edge = arena_new(a, struct tlog_edge);
	uint64_t size = r->m->checkpoint.size;
	int rc = spool_open(&r->spool, e);

	for (uint64_t number = 0; rc == MS_OK && edge->size < size; number++) {
		struct arena own = { 0 };
		struct bytes bundle;

		rc = take_bundle(r, number, &own, &bundle, e);
		if (rc == MS_OK)
			rc = add_entries(r, bundle, before, edge, e);
		arena_done(&own);
		moving_tell("entries", edge->size, size);
	}
	if (rc < 0)
		return rc;
	struct tlog_hash root = tlog_edge_root(edge);
	if (!tlog_equal(&root, &r->m->checkpoint.root))
		return err_set(e, ERR_LOG_DAMAGED, "the entries of '%s' do not have the root that its checkpoint signs for", r->from->name);
	return MS_OK;
}

/* A package or source package; *count of those that were fetched. */
static int take_blob(struct mirroring *r, struct bytes sha256_wanted, uint64_t size, uint64_t *count, struct err *e)
{
	struct arena a = { 0 };
	const char *path = storeindex_blob(sha256_wanted, &a), *file = path_join(&a, r->out, path);
	struct bytes content;
	uint8_t hash[32];
	int rc = MS_OK;

	if (!file_exists(file)) {
		rc = read_counted(r, path, size, &a, &content, e);
		if (rc == MS_OK && content.size != size)
			rc = err_set(e, ERR_STORE_DIFFERS, "'%s' of '%s' has %zu bytes, and the log says %llu", path, r->from->name, content.size, (unsigned long long)size);
		if (rc == MS_OK && (sha256(content, hash), memcmp(hash, sha256_wanted.at, sizeof(hash)) != 0))
			rc = err_set(e, ERR_STORE_DIFFERS, "'%s' of '%s' was changed: its SHA-256 is not its name", path, r->from->name);
		if (rc == MS_OK)
			rc = file_make_folders(path_folder(&a, file), &a, e);
		if (rc == MS_OK)
			rc = file_replace(file, content, 0644, &a, e);
		++*count;
	}
	arena_done(&a);
	return rc;
}

/* Of a package the ledger keeps the beginning of its hash; here all of it is held against what its source names. */
static int take_source(struct mirroring *r, const struct leaf *publish, uint64_t index, struct arena *a, struct err *e)
{
	struct leaf l;

	int rc = ledger_leaf(&r->entries, index, a, &l, e);
	if (rc == MS_OK && !bytes_equal(l.package, publish->package))
		rc = err_set(e, ERR_STORE_DIFFERS, "entry %llu of the log of '%s' is of the source of another package than was published", (unsigned long long)index, r->from->name);
	return rc < 0 ? rc : take_blob(r, l.source, l.size, &r->m->sources, e);
}

static int take_version(struct mirroring *r, const struct ledger_version *v, struct err *e)
{
	struct arena a = { 0 };
	struct leaf publish;

	int rc = ledger_leaf(&r->entries, v->index, &a, &publish, e);
	if (rc == MS_OK)
		rc = take_blob(r, publish.package, publish.size, &r->m->packages, e);
	if (rc == MS_OK && v->sourced)
		rc = take_source(r, &publish, v->sourced, &a, e);
	arena_done(&a);
	return rc;
}

static uint64_t count_offered(const struct ledger *g)
{
	uint64_t count = 0;

	for (const struct ledger_service *s = g->first; s; s = s->next)
		for (const struct ledger_version *v = s->first; v; v = v->next)
			count += storeindex_offers(v->state);
	return count;
}

static int take_packages(struct mirroring *r, struct err *e)
{
	uint64_t done = 0, of = count_offered(&r->ledger);
	int rc = MS_OK;

	for (const struct ledger_service *s = r->ledger.first; s; s = s->next)
		for (const struct ledger_version *v = s->first; v && rc == MS_OK; v = v->next) {
			if (!storeindex_offers(v->state))
				continue;
			rc = take_version(r, v, e);
			moving_tell("packages", ++done, of);
		}
	return rc;
}

static int write_bundle(struct mirroring *r, uint64_t number, struct logview *v, const char *folder, struct err *e)
{
	struct arena a = { 0 };
	struct bytes left, entry;

	int rc = spool_bundle(&r->spool, number, &a, &left, e);
	while (rc == MS_OK && tlog_bundle_next(&left, &entry))
		rc = logview_add(v, entry, folder, e);
	arena_done(&a);
	return rc;
}

/* Tiles first, the checkpoint that counts them last. */
static int write_log(struct mirroring *r, struct arena *a, struct err *e)
{
	const char *folder = path_join(a, r->out, "log");
	struct logview *v = logview_new();
	int rc = file_make_folders(folder, a, e);

	for (uint64_t number = 0; rc == MS_OK && v->edge.size < r->m->checkpoint.size; number++)
		rc = write_bundle(r, number, v, folder, e);
	if (rc == MS_OK)
		rc = logview_write_partial(v, 0, folder, a, e);
	if (rc == MS_OK)
		rc = file_replace(path_join(a, folder, "checkpoint"), r->note, 0644, a, e);
	if (rc == MS_OK)
		logview_remove_partial(v, r->m->before, folder, a);
	logview_free(v);
	return rc;
}

static int bring(struct mirroring *r, const struct checkpoint *before, struct arena *a, struct err *e)
{
	uint64_t changed;

	int rc = check_growth(r, before, e);
	if (rc == MS_OK)
		rc = take_entries(r, before, a, e);
	if (rc == MS_OK)
		rc = take_packages(r, e);
	if (rc == MS_OK)
		rc = storeindex_write(r->out, &r->ledger, &r->entries, a, &changed, e);
	return rc < 0 ? rc : write_log(r, a, e);
}

int mirror_run(const struct storefiles *from, const struct note_key *key, const char *out, struct arena *a, struct mirror *m, struct err *e)
{
	struct mirroring r = { .from = from, .key = key, .out = out, .m = m, .here = storefiles_folder(out, a) };
	struct checkpoint before;

	*m = (struct mirror){ 0 };
	r.entries = spool_entries(&r.spool);
	r.counted = (struct storefiles){ .read = read_counted, .context = &r, .name = from->name };
	int rc = read_counted(&r, "log/checkpoint", NOTE_SIZE_MAX, a, &r.note, e);
	if (rc == MS_OK)
		rc = checkpoint_read(r.note, arena_printf(a, "%s/log/checkpoint", from->name), key, a, &m->checkpoint, e);
	if (rc == MS_OK)
		rc = read_before(&r, &before, a, e);
	if (rc == MS_OK)
		rc = check_age(&r, &before, e);
	if (rc < 0)
		return rc;
	m->before = before.size;
	if (m->checkpoint.size > before.size)
		rc = bring(&r, &before, a, e);
	ledger_done(&r.ledger);
	spool_close(&r.spool);
	return rc;
}
