/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fetch_parts.h"
#include "leaf.h"
#include "release.h"
#include "tlog_files.h"

static bool is_text(struct bytes field, const char *text)
{
	return bytes_equal(field, leaf_text(text));
}

static bool is_hex(struct bytes field, const char *digits, struct arena *a)
{
	return !strcmp(release_hex(field.at, field.size, a), digits);
}

static bool is_published(const struct leaf *l, const struct storeline *of, struct arena *a)
{
	return l->kind == LEAF_PUBLISH && l->size == of->size && is_hex(l->package, of->package, a) && is_hex(l->kid, of->kid, a);
}

static bool is_given(const struct leaf *l, const struct storeline *of, struct arena *a)
{
	return l->kind == LEAF_SOURCE && l->size == of->source_size && is_hex(l->source, of->source, a) && is_hex(l->package, of->package, a) && is_hex(l->kid, of->source_kid, a);
}

/* The log's entry says of the version, or of its source, what the index does. */
static int check_entry(struct fetching *f, struct bytes entry, bool of_source)
{
	const struct storeline *l = f->line;
	struct leaf leaf;

	int rc = leaf_read(entry, f->arena, &leaf, f->e);
	if (rc < 0)
		return rc;
	if (is_text(leaf.publisher, l->vendor) && is_text(leaf.name, l->name) && is_text(leaf.version, l->version) && (of_source ? is_given : is_published)(&leaf, l, f->arena))
		return MS_OK;
	err_set(f->e, ERR_STORE_DIFFERS, "the index of '%s' has another %s%s/%s %s than its log", f->from.files.name, of_source ? "source of " : "", l->vendor, l->name, l->version);
	return err_fix(f->e, "take it from another mirror, and tell who runs this one; 'ms audit' names what is wrong in it");
}

static int prove(struct fetching *f, uint64_t index, bool of_source, struct tlog_proof *out)
{
	struct tlog_files files = { &f->from.files };
	struct tlog_tiles tiles = tlog_files_tiles(&files);
	struct bytes bundle, entry = { 0 };
	struct checkpoint c;

	int rc = checkpoint_read(f->note, "log/checkpoint", &f->key, f->arena, &c, f->e);
	if (rc >= 0 && index >= c.size)
		rc = err_set(f->e, ERR_LOG_TRUNCATED, "the index of '%s' names entry %llu, and its checkpoint counts %llu", f->from.files.name, (unsigned long long)index, (unsigned long long)c.size);
	if (rc >= 0)
		rc = tlog_files_bundle(&f->from.files, index / TLOG_WIDTH, tlog_tile_width(TLOG_ENTRIES, index / TLOG_WIDTH, c.size), f->arena, &bundle, f->e);
	for (uint64_t i = 0; rc >= 0 && i <= index % TLOG_WIDTH; i++)
		tlog_bundle_next(&bundle, &entry);
	if (rc >= 0)
		rc = tlog_inclusion(&tiles, index, c.size, &out->path, f->e);
	if (rc < 0)
		return rc;
	out->index = index;
	out->entry = entry;
	out->checkpoint = f->note;
	rc = tlog_proof_verify(out, "the proof from the store's files", &f->key, f->arena, &c, f->e);
	return rc < 0 ? rc : check_entry(f, entry, of_source);
}

int fetch_prove(struct fetching *f)
{
	int rc = prove(f, f->line->entry, false, &f->proof);

	return rc < 0 || !f->wish->source ? rc : prove(f, f->line->source_entry, true, &f->source_proof);
}
