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

/* How far it is on disk; 0 where that is not known, or cannot be, or all of it was taken away. */
static uint64_t read_position(const struct store *s, struct arena *a)
{
	struct bytes text;
	struct err ignored;
	uint64_t at = 0;

	if (!file_is_folder(path_join(a, s->folder, "index")))
		return 0;
	if (file_read(position_file(s, a), POSITION_SIZE_MAX, a, &text, &ignored) < 0 || !route_number(arena_string(a, text), &at) || at > log_size(s->log))
		return 0;
	return at;
}

static int read_entry(void *context, uint64_t index, struct arena *a, struct bytes *entry, struct err *e)
{
	return log_entry(context, index, a, entry, e);
}

/* A version as the log has it. */
static struct ledger_version *version_of(const struct db_version *v, struct arena *a)
{
	struct ledger_version *out = arena_take(a, sizeof(*out) + 1);

	*out = (struct ledger_version){ .index = v->index, .changed = v->changed, .sourced = *v->source ? v->source_index : 0, .state = (uint8_t)v->state };
	return out;
}

/* A service as the log has it, found by the database. */
static int service_of(struct store *s, const char *publisher, const char *name, struct arena *a, struct ledger_service *service, struct err *e)
{
	struct ledger_version **next = &service->first;
	struct list versions = { 0 };

	*service = (struct ledger_service){ .publisher = publisher, .name = name };
	int rc = s->db->versions(s->db, publisher, name, a, &versions, e);
	for (size_t i = 0; rc >= 0 && i < versions.count; i++) {
		*next = service->last = version_of(versions.at[i], a);
		next = &(*next)->next;
	}
	return rc;
}

static int write_service(struct store *s, const char *publisher, const char *name, bool fresh, struct arena *a, struct err *e)
{
	const struct ledger_entries entries = { read_entry, s->log };
	struct ledger_service service;
	int rc = service_of(s, publisher, name, a, &service, e);

	return rc < 0 ? rc : storeindex_put(s->folder, &entries, &service, fresh, a, e);
}

/* 1: the entry is about a service, and none of `done` was.  Of those that were nothing stays in memory: a log is long. */
static int is_of_another(struct store *s, uint64_t index, struct bytemap *done, struct arena *a, const char **publisher, const char **name, struct err *e)
{
	struct arena scratch = { 0 };
	struct leaf l;

	int rc = store_leaf(s, index, &scratch, &l, e);
	bool of_service = rc >= 0 && (l.kind == LEAF_PUBLISH || l.kind == LEAF_STATE || l.kind == LEAF_SOURCE);
	if (rc >= 0)
		rc = of_service && !bytemap_at(done, leaf_text(arena_printf(&scratch, "%.*s/%.*s", (int)l.publisher.size, l.publisher.at, (int)l.name.size, l.name.at)), NULL);
	if (rc == 1) {
		*publisher = arena_string(a, l.publisher);
		*name = arena_string(a, l.name);
		*bytemap_at(done, leaf_text(arena_printf(a, "%s/%s", *publisher, *name)), a) = done;
	}
	arena_done(&scratch);
	return rc;
}

static int take_entry(struct store *s, uint64_t index, struct bytemap *done, bool fresh, struct arena *a, struct err *e)
{
	const char *publisher, *name;
	int rc = is_of_another(s, index, done, a, &publisher, &name, e);

	return rc == 1 ? write_service(s, publisher, name, fresh, a, e) : rc;
}

static int add_entry(struct store *s, uint64_t index, struct ledger *g, struct err *e)
{
	struct arena a = { 0 };
	struct bytes entry;

	int rc = log_entry(s->log, index, &a, &entry, e);
	if (rc >= 0)
		rc = ledger_add(g, entry, e);
	arena_done(&a);
	return rc;
}

static int write_all(struct store *s, struct err *e)
{
	const struct ledger_entries entries = { read_entry, s->log };
	struct ledger g = { 0 };
	struct arena a = { 0 };
	uint64_t changed, size = log_size(s->log);
	int rc = MS_OK;

	for (uint64_t i = 0; rc >= 0 && i < size; i++)
		rc = add_entry(s, i, &g, e);
	if (rc >= 0)
		rc = storeindex_write(s->folder, &g, &entries, &a, &changed, e);
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

/* 1, said, where the file is not that. */
static int compare(const struct store *s, const char *path, struct bytes expected, store_say *say, struct arena *a)
{
	struct bytes there = { 0 };
	struct err why;

	file_read(path_join(a, s->folder, path), STOREINDEX_FILE_MAX, a, &there, &why);	/* none is as one without a line */
	if (bytes_equal(there, expected))
		return 0;
	say(arena_printf(a, "%s: the index does not say what the log and the packages do", path));
	return 1;
}

static int check_service(struct store *s, const char *publisher, const char *name, store_say *say, struct err *e)
{
	struct ledger_service service;
	struct bytes expected;
	struct arena a = { 0 };
	struct storefiles files = storefiles_folder(s->folder, &a);
	const struct ledger_entries entries = { read_entry, s->log };
	const struct storeindex_from from = { &files, &entries };

	int rc = service_of(s, publisher, name, &a, &service, e);
	if (rc >= 0)
		rc = storeindex_file(&from, &service, (struct bytes){ 0 }, &a, &expected, e);
	if (rc >= 0)
		rc = compare(s, storeindex_path(publisher, name, &a), expected, say, &a);
	arena_done(&a);
	return rc;
}

int store_index_check(struct store *s, store_say *say, struct err *e)
{
	uint64_t size = log_size(s->log);
	const char *publisher, *name;
	struct bytemap done = { 0 };
	struct arena a = { 0 };
	struct note_key key;

	note_key_init(&key, s->name, ed25519_public_of(s->key));
	int rc = 0, faults = compare(s, STOREINDEX_CONFIG, storeindex_config(&key, &a), say, &a);
	for (uint64_t i = 0; rc >= 0 && i < size; i++) {
		rc = is_of_another(s, i, &done, &a, &publisher, &name, e);
		if (rc == 1)
			rc = check_service(s, publisher, name, say, e);
		faults += rc > 0;
	}
	arena_done(&a);
	return rc < 0 ? rc : faults;
}
