/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the index: lines of versions, and all of them written anew. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "release.h"
#include "storefacts.h"
#include "storeindex.h"

static const char before_state[] = ",\"state\":\"";	/* quotes inside of texts have a '\\' before them */

static json_t *text_json(struct bytes text)
{
	return json_stringn((const char *)text.at, text.size);
}

static void add_identity(struct text *t, const struct leaf *p, uint64_t index, struct arena *a)
{
	text_add(t, a, "{\"name\":\"%.*s/%.*s\",\"version\":\"%.*s\",", (int)p->publisher.size, (const char *)p->publisher.at, (int)p->name.size,
		 (const char *)p->name.at, (int)p->version.size, (const char *)p->version.at);
	text_add(t, a, "\"package\":\"%s\",\"size\":%llu,\"manifest\":\"%s\",\"kid\":\"%s\",\"entry\":%llu,\"published\":%llu",
		 release_hex(p->package.at, p->package.size, a), (unsigned long long)p->size, release_hex(p->manifest.at, p->manifest.size, a),
		 release_hex(p->kid.at, p->kid.size, a), (unsigned long long)index, (unsigned long long)p->time);
}

/* The source package, of a version that can be taken. */
static int add_source(struct text *t, const struct storeindex_from *from, const struct ledger_version *v, struct arena *a, struct err *e)
{
	struct leaf l;
	int rc = ledger_leaf(from->entries, v->sourced, a, &l, e);

	if (rc == MS_OK)
		text_add(t, a, ",\"source\":\"%s\",\"source_size\":%llu,\"source_entry\":%llu,\"source_kid\":\"%s\"", release_hex(l.source.at, l.source.size, a),
			 (unsigned long long)l.size, (unsigned long long)v->sourced, release_hex(l.kid.at, l.kid.size, a));
	return rc;
}

/* Behind the state: what was said with it. */
static void add_change(struct text *t, const struct ledger_version *v, const struct leaf *change, struct arena *a)
{
	json_t *o = json_pack("{s:s, s:I}", "state", leaf_state_name(v->state), "changed", (json_int_t)v->changed);

	if (change->reason.size)
		json_object_set_new(o, "reason", text_json(change->reason));
	if (change->words.size)
		json_object_set_new(o, "words", text_json(change->words));
	if (change->replacement.size)
		json_object_set_new(o, "replacement", text_json(change->replacement));
	char *text = json_dumps(o, JSON_COMPACT);
	text_add(t, a, ",%s\n", text + 1);
	free(text);
	json_decref(o);
}

/* The line of a version with its line feed; without facts and source if it cannot be taken. */
static int add_line(const struct storeindex_from *from, const struct ledger_version *v, const struct leaf *publish, struct bytes facts, struct arena *a, struct text *out, struct err *e)
{
	struct leaf change = { 0 };

	int rc = v->changed == v->index ? MS_OK : ledger_leaf(from->entries, v->changed, a, &change, e);
	if (rc < 0)
		return rc;
	add_identity(out, publish, v->index, a);
	if (facts.size && v->sourced && (rc = add_source(out, from, v, a, e)) < 0)
		return rc;
	if (facts.size) {
		text_add(out, a, ",");
		text_add_bytes(out, a, facts);
	}
	add_change(out, v, &change, a);
	return MS_OK;
}

/* The facts in the file of a service as it was, of the package of this hash; empty if it is not there. */
static struct bytes facts_in(struct bytes file, struct bytes sha256, struct arena *a)
{
	const char *begin = arena_printf(a, "\"package\":\"%s\"", release_hex(sha256.at, sha256.size, a));
	const uint8_t *line = file.size ? memmem(file.at, file.size, begin, strlen(begin)) : NULL;
	struct bytes left = line ? bytes_part(file, (size_t)(line - file.at), file.size) : (struct bytes){ 0 };
	const uint8_t *end = left.size ? memchr(left.at, '\n', left.size) : NULL;

	if (!end)
		return (struct bytes){ 0 };
	left.size = (size_t)(end - left.at);
	const uint8_t *from = memmem(left.at, left.size, ",\"abi\":\"", 8);
	const uint8_t *to = memmem(left.at, left.size, before_state, sizeof(before_state) - 1);
	if (!from || !to || to < from)
		return (struct bytes){ 0 };
	return (struct bytes){ from + 1, (size_t)(to - from - 1) };
}

static int add_version(const struct storeindex_from *from, const struct ledger_version *v, struct bytes old, struct arena *a, struct text *t, struct err *e)
{
	struct bytes package, facts = { 0 };
	struct leaf l;

	int rc = ledger_leaf(from->entries, v->index, a, &l, e);
	if (rc == MS_OK && storeindex_offers(v->state))
		facts = facts_in(old, l.package, a);
	if (rc == MS_OK && storeindex_offers(v->state) && !facts.size) {
		rc = from->files->read(from->files->context, storeindex_blob(l.package, a), l.size, a, &package, e);
		if (rc == MS_OK)
			rc = storefacts_write(package, a, &facts, e);
	}
	return rc < 0 ? rc : add_line(from, v, &l, facts, a, t, e);
}

int storeindex_file(const struct storeindex_from *from, const struct ledger_service *s, struct bytes old, struct arena *a, struct bytes *content, struct err *e)
{
	struct text t = { 0 };
	int rc = MS_OK;

	for (const struct ledger_version *v = s->first; v && rc == MS_OK; v = v->next)
		if (storeindex_shows(v->state))
			rc = add_version(from, v, old, a, &t, e);
	if (rc == MS_OK)
		*content = (struct bytes){ (uint8_t *)t.at, t.size };
	return rc;
}

/* One file: as it should be, or not there. */
static int put(const char *store, const char *path, struct bytes content, struct arena *a, uint64_t *changed, struct err *e)
{
	const char *file = path_join(a, store, path);
	bool differs = file_exists(file);
	int rc;

	if (!content.size) {
		rc = file_remove(file, e);
	} else {
		rc = file_make_folders(path_folder(a, file), a, e);
		if (rc == MS_OK)
			rc = file_update(file, content, 0644, a, &differs, e);
	}
	*changed += differs;
	return rc;
}

int storeindex_put(const char *store, const struct ledger_entries *entries, const struct ledger_service *s, bool fresh, struct arena *a, struct err *e)
{
	const char *file = path_join(a, store, storeindex_path(s->publisher, s->name, a));
	struct storefiles files = storefiles_folder(store, a);
	const struct storeindex_from from = { &files, entries };
	struct bytes old = { 0 }, content = { 0 };

	int rc = file_exists(file) && !fresh ? file_read(file, STOREINDEX_FILE_MAX, a, &old, e) : MS_OK;
	if (rc == MS_OK)
		rc = storeindex_file(&from, s, old, a, &content, e);
	if (rc < 0 || (content.size && bytes_equal(old, content)))
		return rc;
	if (!content.size)
		return file_remove(file, e);
	rc = file_make_folders(path_folder(a, file), a, e);
	return rc < 0 ? rc : file_replace_unsynced(file, content, 0644, a, e);
}

/* What nothing of the log leads to. */
static int remove_others(const char *folder, const char *path, struct bytemap *kept, struct arena *a, uint64_t *changed, struct err *e)
{
	struct list names = { 0 };

	int rc = file_is_folder(folder) ? file_list(folder, a, &names, e) : MS_OK;
	for (size_t i = 0; rc == MS_OK && i < names.count; i++) {
		const char *file = path_join(a, folder, names.at[i]), *there = arena_printf(a, "%s/%s", path, (const char *)names.at[i]);

		if (file_is_folder(file)) {
			rc = remove_others(file, there, kept, a, changed, e);
			rmdir(file);	/* stays if there is something in it */
		} else if (!bytemap_at(kept, leaf_text(there), NULL)) {
			rc = file_remove(file, e);
			++*changed;
		}
	}
	return rc;
}

int storeindex_write(const char *store, const struct ledger *g, const struct ledger_entries *entries, struct arena *a, uint64_t *changed, struct err *e)
{
	struct storefiles files = storefiles_folder(store, a);
	const struct storeindex_from from = { &files, entries };
	struct bytemap kept = { 0 };

	*changed = 0;
	int rc = put(store, STOREINDEX_CONFIG, storeindex_config(&g->store, a), a, changed, e);
	*bytemap_at(&kept, leaf_text(STOREINDEX_CONFIG), a) = a;
	for (const struct ledger_service *s = g->first; s && rc == MS_OK; s = s->next) {
		const char *path = storeindex_path(s->publisher, s->name, a);
		struct arena scratch = { 0 };
		struct bytes content;

		rc = storeindex_file(&from, s, (struct bytes){ 0 }, &scratch, &content, e);
		if (rc == MS_OK)
			rc = put(store, path, content, &scratch, changed, e);
		*bytemap_at(&kept, leaf_text(path), a) = a;
		arena_done(&scratch);
	}
	return rc < 0 ? rc : remove_others(path_join(a, store, "index"), "index", &kept, a, changed, e);
}
