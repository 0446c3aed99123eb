/* SPDX-License-Identifier: Apache-2.0 */
/* From log and packages to the database, again and again the same; and whether all is there. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "category.h"
#include "file.h"
#include "key.h"
#include "manifest.h"
#include "oci.h"
#include "ociindex.h"
#include "package.h"
#include "release.h"
#include "store.h"
#include "storefacts.h"
#include "storefault.h"
#include "storeindex.h"

enum { ENTRIES_AT_ONCE = 512 };

/* Those that are known here. */
static uint32_t categories_of(struct bytes said, struct arena *a)
{
	json_t *o = json_loads(arena_printf(a, "{%s}", arena_string(a, said)), 0, NULL), *one;
	uint32_t mask = 0;
	size_t i;

	json_array_foreach(json_object_get(o, "categories"), i, one)
		mask |= category_bit(json_string_value(one));
	json_decref(o);
	return mask;
}

int store_facts(struct bytes package, struct arena *a, struct db_facts *out, struct err *e)
{
	struct manifest *m = arena_new(a, struct manifest);
	struct package_member first;
	struct package_iter it;
	struct bytes said;

	package_iter_init(&it, package);
	if (!package_next(&it, &first) || manifest_decode(first.content, m) < 0)
		return err_set(e, ERR_STORE_BLOB, "a package in the store is none");
	int rc = storefacts_write(package, a, &said, e);
	if (rc < 0)
		return rc;
	*out = (struct db_facts){ .categories = categories_of(said, a), .license = arena_string(a, m->license), .said = arena_string(a, said) };
	for (uint32_t i = 0; i < m->target_count; i++)
		out->targets |= 1u << m->targets[i];
	return MS_OK;
}

/* One entry.  A package that is not there any more, since it was removed or lost, has no facts. */
static int fold(struct store *s, uint64_t index, struct arena *a, struct err *e)
{
	struct db_facts facts = { .license = "", .said = "" };
	const char *oci = NULL;
	struct bytes package;
	struct leaf l;
	struct err why;

	int rc = store_leaf(s, index, a, &l, e);
	if (rc < 0)
		return rc;
	if (l.kind == LEAF_PUBLISH) {
		struct bytes manifest = oci_manifest(&l, a, &oci);

		if (blobs_read(&s->blobs, release_hex(l.package.at, 32, a), PACKAGE_SIZE_MAX, a, &package, &why) == MS_OK)
			store_facts(package, a, &facts, &why);
		rc = s->blobs.add(&s->blobs, oci, manifest, e);
	}
	return rc < 0 ? rc : s->db->apply(s->db, index, &l, oci, &facts, e);
}

/* A group of entries, all or none. */
static int fold_some(struct store *s, uint64_t from, uint64_t to, struct err *e)
{
	int rc = s->db->begin(s->db, e);

	if (rc < 0)
		return rc;
	for (; rc >= 0 && from < to; from++) {
		struct arena a = { 0 };

		rc = fold(s, from, &a, e);
		arena_done(&a);
	}
	storefault("catching up, not committed");
	int ended = s->db->end(s->db, rc >= 0, e);
	return rc < 0 ? rc : ended;
}

int store_catch_up(struct store *s, struct err *e)
{
	uint64_t at, size = log_size(s->log);
	int rc = s->db->position(s->db, &at, e);

	if (rc >= 0 && at > size) {
		err_set(e, ERR_STORE_FOLDER, "the database has %" PRIu64 " entries and the log only %" PRIu64, at, size);
		return err_fix(e, "put the whole folder back from one copy; the database alone is made anew by: ms store rebuild --dir %s", s->folder);
	}
	for (uint64_t to; rc >= 0 && at < size; at = to) {
		to = at + ENTRIES_AT_ONCE < size ? at + ENTRIES_AT_ONCE : size;
		rc = fold_some(s, at, to, e);
	}
	return rc < 0 ? rc : MS_OK;
}

int store_rebuild(struct store *s, uint64_t *entries, struct err *e)
{
	struct arena a = { 0 };
	int rc = s->db->begin(s->db, e);

	if (rc < 0)
		return rc;
	rc = s->db->wipe(s->db, e);
	rc = s->db->end(s->db, rc >= 0, e) < 0 || rc < 0 ? e->code : MS_OK;
	if (rc >= 0)
		rc = store_catch_up(s, e);
	if (rc >= 0 && unlink(path_join(&a, s->folder, "index-position")) && errno != ENOENT)
		rc = err_errno(e, "cannot remove the index's position");
	s->indexed = s->settled = 0;
	if (rc >= 0)
		rc = store_index_catch_up(s, e);
	if (rc >= 0)
		rc = ociindex_write(s, e);
	arena_done(&a);
	*entries = log_size(s->log);
	return rc;
}

/* From what the entry says: the version itself, its source, or the state that it has or had. */
static bool differs(const struct db_version *v, uint64_t index, const struct leaf *l, struct arena *a)
{
	if (l->kind == LEAF_SOURCE)
		return v->source_index != index || v->source_size != l->size || strcmp(v->source, release_hex(l->source.at, 32, a)) || strcmp(v->source_kid, release_hex(l->kid.at, 8, a));
	if (v->changed < index || (v->changed == index && v->state != (enum leaf_state)l->state))
		return true;
	return l->kind == LEAF_PUBLISH && (v->index != index || v->size != l->size || strcmp(v->package, release_hex(l->package.at, 32, a)) ||
					   strcmp(v->kid, release_hex(l->kid.at, 8, a)));
}

/* Does the database have the version, in the state that the last of its entries gave it; and is the package there, or the source, and what the log says? */
static int check_entry(struct store *s, uint64_t index, store_say *say, struct arena *a, struct err *e)
{
	struct db_version v;
	struct bytes package;
	struct leaf l;
	struct err why;

	int rc = store_leaf(s, index, a, &l, e);
	if (rc < 0 || (l.kind != LEAF_PUBLISH && l.kind != LEAF_STATE && l.kind != LEAF_SOURCE))
		return rc < 0 ? rc : 0;
	const char *publisher = arena_string(a, l.publisher), *name = arena_string(a, l.name), *number = arena_string(a, l.version);
	rc = s->db->version(s->db, publisher, name, number, a, &v, e);
	if (rc < 0)
		return rc;
	if (!rc || differs(&v, index, &l, a)) {
		say(arena_printf(a, "%s/%s %s: the database does not say what the log does", publisher, name, number));
		return 1;
	}
	if (l.kind == LEAF_STATE || v.state == LEAF_REMOVED || blobs_read(&s->blobs, l.kind == LEAF_SOURCE ? v.source : v.package, PACKAGE_SIZE_MAX, a, &package, &why) == MS_OK)
		return 0;
	say(arena_printf(a, "%s/%s %s%s: %s", publisher, name, number, l.kind == LEAF_SOURCE ? ", its source" : "", why.text));
	return 1;
}

int store_check(struct store *s, store_say *say, struct err *e)
{
	uint64_t size = log_size(s->log);
	int faults = 0, rc = 0;

	for (uint64_t i = 0; rc >= 0 && i < size; i++) {
		struct arena a = { 0 };

		rc = check_entry(s, i, say, &a, e);
		faults += rc > 0;
		arena_done(&a);
	}
	if (rc < 0 || faults)
		return rc < 0 ? rc : faults;
	return store_index_check(s, say, e);
}
