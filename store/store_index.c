/* SPDX-License-Identifier: Apache-2.0 */
/* The index as static files: those of services that entries of the log are about, after each group of entries. */
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "route.h"
#include "store.h"
#include "storefault.h"
#include "storeindex.h"

/* Above so many entries all of the index is written anew, which reads each package once. */
enum { ONE_BY_ONE_MAX = 1024, POSITION_SIZE_MAX = 32 };

static const char *position_file(const struct store *s, struct arena *a)
{
	return path_join(a, s->folder, "index-position");
}

/* How far it is on disk; 0 where that is not known, or cannot be. */
static uint64_t read_position(const struct store *s, struct arena *a)
{
	struct bytes text;
	struct err ignored;
	uint64_t at = 0;

	if (file_read(position_file(s, a), POSITION_SIZE_MAX, a, &text, &ignored) < 0 || !route_number(arena_string(a, text), &at) || at > log_size(s->log))
		return 0;
	return at;
}

/* A version as the log has it. */
static int version_of(struct store *s, const struct db_version *v, struct arena *a, struct ledger_version *out, struct err *e)
{
	int rc = log_entry(s->log, v->index, a, &out->publish, e);

	if (rc >= 0 && v->changed != v->index)
		rc = log_entry(s->log, v->changed, a, &out->change, e);
	if (rc >= 0 && *v->source)
		rc = log_entry(s->log, v->source_index, a, &out->source, e);
	out->index = v->index;
	out->sourced = v->source_index;
	out->changed = v->changed;
	out->state = v->state;
	return rc;
}

static int write_service(struct store *s, const char *publisher, const char *name, bool fresh, struct arena *a, struct err *e)
{
	struct ledger_service service = { .publisher = publisher, .name = name };
	struct ledger_version **next = &service.first;
	struct list versions = { 0 };

	int rc = s->db->versions(s->db, publisher, name, a, &versions, e);
	for (size_t i = 0; rc >= 0 && i < versions.count; i++) {
		*next = service.last = arena_new(a, struct ledger_version);
		rc = version_of(s, versions.at[i], a, *next, e);
		next = &(*next)->next;
	}
	return rc < 0 ? rc : storeindex_put(s->folder, &service, fresh, a, e);
}

/* The service that an entry is about, written unless that was done already. */
static int take_entry(struct store *s, uint64_t index, struct bytemap *done, bool fresh, struct arena *a, struct err *e)
{
	struct leaf l;

	int rc = store_leaf(s, index, a, &l, e);
	if (rc < 0 || (l.kind != LEAF_PUBLISH && l.kind != LEAF_STATE && l.kind != LEAF_SOURCE))
		return rc;
	const char *publisher = arena_string(a, l.publisher), *name = arena_string(a, l.name), *both = arena_printf(a, "%s/%s", publisher, name);
	void **was = bytemap_at(done, leaf_text(both), a);
	if (*was)
		return MS_OK;
	*was = (void *)both;
	return write_service(s, publisher, name, fresh, a, e);
}

static int write_all(struct store *s, struct err *e)
{
	struct ledger g = { 0 };
	struct arena a = { 0 };
	uint64_t changed, size = log_size(s->log);
	struct bytes entry;
	int rc = MS_OK;

	for (uint64_t i = 0; rc >= 0 && i < size; i++) {
		rc = log_entry(s->log, i, &g.arena, &entry, e);
		if (rc >= 0)
			rc = ledger_add(&g, entry, e);
	}
	if (rc >= 0)
		rc = storeindex_write(s->folder, &g, &a, &changed, e);
	ledger_done(&g);
	arena_done(&a);
	return rc;
}

int store_index_catch_up(struct store *s, struct err *e)
{
	uint64_t size = log_size(s->log);
	bool opening = !s->indexed;
	struct bytemap done = { 0 };
	struct arena a = { 0 };
	int rc = MS_OK;

	if (opening)
		s->indexed = s->settled = read_position(s, &a);
	if (!s->indexed || size - s->indexed > ONE_BY_ONE_MAX)
		rc = write_all(s, e);
	else
		for (uint64_t i = s->indexed; rc >= 0 && i < size; i++)
			rc = take_entry(s, i, &done, opening, &a, e);
	arena_done(&a);
	if (rc < 0)
		return rc;
	s->indexed = size;
	return opening || size - s->settled > ONE_BY_ONE_MAX ? store_index_settle(s, e) : MS_OK;
}

int store_index_settle(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	const char *line = arena_printf(&a, "%" PRIu64, s->indexed), *folder = path_join(&a, s->folder, "index");
	int rc = MS_OK, fd = s->indexed == s->settled ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		rc = syncfs(fd) ? err_errno(e, "cannot write '%s'", folder) : MS_OK;
		close(fd);
		storefault("index on disk, not said so");
		if (rc >= 0)
			rc = file_replace(position_file(s, &a), (struct bytes){ (const uint8_t *)line, strlen(line) }, 0644, &a, e);
		if (rc >= 0)
			s->settled = s->indexed;
	}
	arena_done(&a);
	return rc;
}
