/* SPDX-License-Identifier: Apache-2.0 */
/* The log: from entries to hashes, from hashes to tiles and root; then what the entries say. */
#include <stdlib.h>
#include <string.h>

#include "audit_parts.h"
#include "tlog_files.h"

/* Of one tile or bundle: what it must hold, and how much of it each of its files has. */
struct expected {
	int level;
	uint64_t number;
	uint32_t width;
	struct bytes whole;		/* all of it */
	const struct bytes *entries;	/* of a bundle: each entry's place in it */
};

static struct bytes first_of(const struct expected *x, uint32_t width)
{
	if (x->level != TLOG_ENTRIES)
		return bytes_part(x->whole, 0, width * (size_t)TLOG_HASH_SIZE);
	return bytes_part(x->whole, 0, (size_t)(x->entries[width - 1].at + x->entries[width - 1].size - x->whole.at));
}

static void compare(struct auditing *d, const struct expected *x, uint32_t width, struct arena *a)
{
	const char *from = x->level == TLOG_ENTRIES ? "the log's checkpoint and tiles" :
			   arena_printf(a, "the entries in '%s'", x->level == 0 ? tlog_tile_path(TLOG_ENTRIES, x->number, x->width, a) : "log/tile/entries");
	audit_compare(d, ERR_LOG_DAMAGED, arena_printf(a, "log/%s", tlog_tile_path(x->level, x->number, width, a)), first_of(x, width), from);
}

/* Files of the tile when it was smaller: they are read by who saw the log then. */
static void compare_partial(struct auditing *d, const struct expected *x, struct arena *a)
{
	const char *folder = arena_printf(a, "log/%s.p", tlog_tile_path(x->level, x->number, TLOG_WIDTH, a));
	struct list names = { 0 };
	struct err why;

	if (!d->files->list || d->files->list(d->files->context, folder, a, &names, &why) < 0)
		return;
	for (size_t i = 0; i < names.count; i++) {
		unsigned long width = strtoul(names.at[i], NULL, 10);

		if (width == 0 || width > x->width || strcmp(arena_printf(a, "%lu", width), names.at[i]) != 0)
			audit_found(d, ERR_LOG_DAMAGED, folder, "'%s/%s' follows from nothing in the log", folder, (const char *)names.at[i]);
		else if (width < x->width)
			compare(d, x, (uint32_t)width, a);
	}
}

/* A whole tile's partial file may be all that a server has of it, so either does there; in a folder it is compared as it lies. */
static void check_expected(struct auditing *d, const struct expected *x)
{
	struct arena scratch = { 0 };

	compare(d, x, x->width, &scratch);
	compare_partial(d, x, &scratch);
	arena_done(&scratch);
}

static int check_tile(void *context, int level, uint64_t number, const struct tlog_hash *tile, struct err *e)
{
	(void)e;
	const struct expected x = { level, number, TLOG_WIDTH, { (const uint8_t *)tile, TLOG_WIDTH * sizeof(*tile) }, NULL };

	check_expected(context, &x);
	return MS_OK;
}

/* What an entry says, unless one before it was wrong already. */
static void read_entry(struct auditing *d, uint64_t index, struct bytes entry)
{
	struct audit *u = d->u;
	struct err why;

	if (u->ledger.size != index)
		return;
	if (ledger_add(&u->ledger, entry, &why) < 0)
		audit_found_err(d, tlog_tile_path(TLOG_ENTRIES, index / TLOG_WIDTH, TLOG_WIDTH, &u->ledger.arena), &why);
}

static int add_bundle(struct auditing *d, uint64_t number, struct tlog_edge *edge, struct arena *a, struct err *e)
{
	uint32_t width = tlog_tile_width(TLOG_ENTRIES, number, d->u->checkpoint.size);
	struct bytes entries[TLOG_WIDTH];
	struct expected x = { TLOG_ENTRIES, number, width, { 0 }, entries };

	int rc = tlog_files_bundle(d->files, number, width, a, &x.whole, e);
	if (rc == MS_OK && !d->o->log_only)
		rc = spool_add(&d->spool, x.whole, e);
	if (rc < 0)
		return rc;
	struct bytes left = x.whole;
	for (uint32_t i = 0; i < width; i++) {
		tlog_bundle_next(&left, &entries[i]);
		struct tlog_hash leaf = tlog_leaf(entries[i]);
		tlog_edge_add(edge, &leaf, check_tile, d, e);
	}
	check_expected(d, &x);	/* nothing behind its entries, and the same in smaller files */
	for (uint32_t i = 0; i < width; i++)
		read_entry(d, number * TLOG_WIDTH + i, entries[i]);
	return MS_OK;
}

static void check_edge(struct auditing *d, const struct tlog_edge *edge)
{
	struct tlog_hash root = tlog_edge_root(edge);
	uint64_t count = edge->size;

	for (int level = 0; level < TLOG_LEVEL_COUNT; level++, count /= TLOG_WIDTH) {
		uint32_t width = (uint32_t)(count % TLOG_WIDTH);
		const struct expected x = { level, count / TLOG_WIDTH, width, { (const uint8_t *)edge->tile[level], width * sizeof(root) }, NULL };
		if (width)
			check_expected(d, &x);
	}
	if (!tlog_equal(&root, &d->u->checkpoint.root))
		audit_found(d, ERR_LOG_DAMAGED, "log/checkpoint", "the %llu entries of the log do not have the root that its checkpoint signs for: at least one was changed",
			    (unsigned long long)edge->size);
}

/* Is this the path of a tile or bundle that a log of the size has? */
static bool path_counts(const char *path, uint64_t size, struct arena *a)
{
	const char *rest = path + strlen("log/tile/");
	int level = strncmp(rest, "entries/", 8) == 0 ? TLOG_ENTRIES : atoi(rest);
	const char *partial = strstr(rest, ".p/"), *at = strchr(rest, '/');
	uint64_t number = 0;

	for (; at && *at && strncmp(at, ".p/", 3) != 0; at++)
		if (*at >= '0' && *at <= '9')
			number = 10 * number + (uint64_t)(*at - '0');
	uint32_t most = level < TLOG_ENTRIES || level >= TLOG_LEVEL_COUNT ? 0 : tlog_tile_width(level, number, size);
	uint32_t width = partial ? (uint32_t)strtoul(partial + 3, NULL, 10) : TLOG_WIDTH;
	return width > 0 && width <= most && strcmp(arena_printf(a, "log/%s", tlog_tile_path(level, number, width, a)), path) == 0;
}

/* What lies among the tiles and is none of the log's. */
static int check_strangers(struct auditing *d, struct err *e)
{
	struct arena scratch = { 0 };
	struct list paths = { 0 };

	int rc = audit_walk(d->files, "log/tile", &scratch, &paths, e);
	for (size_t i = 0; rc == MS_OK && i < paths.count; i++)
		if (!path_counts(paths.at[i], d->u->checkpoint.size, &scratch))
			audit_found(d, ERR_LOG_DAMAGED, paths.at[i], "'%s' follows from nothing in the log", (const char *)paths.at[i]);
	arena_done(&scratch);
	return rc;
}

static void check_owner(struct auditing *d)
{
	const struct ledger *g = &d->u->ledger;

	if (g->store.name && (strcmp(g->store.name, d->u->key.name) != 0 || g->store.id != d->u->key.id))
		audit_found(d, ERR_LOG_FOLLOWS, "log/tile/entries/000", "the first entry says that this log is of '%s' and another key", g->store.name);
}

int audit_log(struct auditing *d, struct err *e)
{
	struct arena scratch = { 0 };
	struct tlog_edge *edge = arena_new(&scratch, struct tlog_edge);
	uint64_t size = d->u->checkpoint.size;
	int rc = MS_OK;

	for (uint64_t number = 0; rc == MS_OK && number * TLOG_WIDTH < size; number++) {
		struct arena own = { 0 };

		rc = add_bundle(d, number, edge, &own, e);
		arena_done(&own);
		audit_now(d, "entries", edge->size, size);
	}
	if (rc == MS_OK) {
		check_edge(d, edge);
		check_owner(d);
		rc = check_strangers(d, e);
	}
	arena_done(&scratch);
	return rc;
}
