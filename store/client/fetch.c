/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For ms add and ms install: one version of a service out of a store.  First everything that can be known without its package: is the store the one that is believed,
 * which version is meant, does the log have it under this very hash, what does it ask for, does it fit?  Then the package, which must have that hash, and its proof.
 *
 * With a hash, of a product.lock, it is that package alone, whatever became of the version since; a hash needs nobody who is believed.
 */
#include <string.h>

#include "file.h"
#include "key.h"
#include "leaf.h"
#include "moving.h"
#include "out.h"
#include "release.h"
#include "source.h"
#include "storeboards.h"
#include "storecommand.h"
#include "storeindex.h"
#include "storewish.h"
#include "target.h"
#include "tlog_files.h"
#include "tlog_proof.h"

static struct fetch_wish wish;
const struct opt fetch_options[] = { FETCH_OPTIONS(&wish), OPT_END };

struct fetching {
	struct source from;
	struct arena *arena;
	struct err *e;
	struct storeline_word word;
	const struct storeline *line;
	struct storefacts *facts;	/* of it */
	struct note_key key;
	struct bytes note;		/* the checkpoint; empty: by hash alone */
	struct tlog_proof proof;
};

/* What the lock has, in whatever state it is. */
static int choose_locked(struct fetching *f, const struct list *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		f->line = lines->at[i];
		if (strcmp(f->line->package, wish.sha256))
			continue;
		if (f->line->offered)
			return MS_OK;
		err_set(f->e, ERR_STORE_VERSION, "%s/%s %s is %s: its package is not given any more", f->line->vendor, f->line->name, f->line->version, storeline_state(f->line, f->arena));
		return err_fix(f->e, "put another version into the product: ms add %s/%s, then ms product update", f->line->vendor, f->line->name);
	}
	err_set(f->e, ERR_STORE_VERSION, "'%s' has no package of %s/%s with the SHA-256 %.16s...", f->from.files.name, f->word.vendor, f->word.name, wish.sha256);
	return err_fix(f->e, "ask the store that it was taken from, or put the file back from a copy: the lock says which it has to be");
}

static int choose(struct fetching *f)
{
	struct list lines = { 0 };

	int rc = source_lines(&f->from, f->word.vendor, f->word.name, f->arena, &lines, f->e);
	if (rc < 0)
		return rc;
	rc = wish.sha256 ? choose_locked(f, &lines) : storeline_choose(&lines, f->word.version, f->arena, &f->line, f->e);
	if (rc < 0)
		return rc;
	f->facts = arena_new(f->arena, struct storefacts);
	return storeline_facts(f->line, f->arena, f->facts, f->e);
}

static bool is_text(struct bytes field, const char *text)
{
	return bytes_equal(field, leaf_text(text));
}

/* The log's entry says of the version what the index does. */
static int check_entry(struct fetching *f)
{
	const struct storeline *l = f->line;
	struct leaf leaf;

	int rc = leaf_read(f->proof.entry, f->arena, &leaf, f->e);
	if (rc < 0)
		return rc;
	if (leaf.kind == LEAF_PUBLISH && is_text(leaf.publisher, l->vendor) && is_text(leaf.name, l->name) && is_text(leaf.version, l->version) && leaf.size == l->size &&
	    !strcmp(release_hex(leaf.package.at, leaf.package.size, f->arena), l->package) && !strcmp(release_hex(leaf.kid.at, leaf.kid.size, f->arena), l->kid))
		return MS_OK;
	err_set(f->e, ERR_STORE_DIFFERS, "the index of '%s' has another %s/%s %s than its log", f->from.files.name, l->vendor, l->name, l->version);
	return err_fix(f->e, "take it from another mirror, and tell who runs this one; 'ms audit' names what is wrong in it");
}

/* From the log's own files, so that a mirror which nobody serves can prove as much as a store. */
static int prove(struct fetching *f)
{
	struct tlog_files files = { &f->from.files };
	struct tlog_tiles tiles = tlog_files_tiles(&files);
	struct bytes bundle, entry = { 0 };
	struct checkpoint c;
	uint64_t index = f->line->entry;

	int rc = checkpoint_read(f->note, "log/checkpoint", &f->key, f->arena, &c, f->e);
	if (rc >= 0 && index >= c.size)
		rc = err_set(f->e, ERR_LOG_TRUNCATED, "the index of '%s' names entry %llu, and its checkpoint counts %llu", f->from.files.name, (unsigned long long)index, (unsigned long long)c.size);
	if (rc >= 0)
		rc = tlog_files_bundle(&f->from.files, index / TLOG_WIDTH, tlog_tile_width(TLOG_ENTRIES, index / TLOG_WIDTH, c.size), f->arena, &bundle, f->e);
	for (uint64_t i = 0; rc >= 0 && i <= index % TLOG_WIDTH; i++)
		tlog_bundle_next(&bundle, &entry);
	if (rc >= 0)
		rc = tlog_inclusion(&tiles, index, c.size, &f->proof.path, f->e);
	if (rc < 0)
		return rc;
	f->proof.index = index;
	f->proof.entry = entry;
	f->proof.checkpoint = f->note;
	rc = tlog_proof_verify(&f->proof, "the proof from the store's files", &f->key, f->arena, &c, f->e);
	return rc < 0 ? rc : check_entry(f);
}

static json_t *names(const struct manifest_mapped *at, uint32_t count, bool borrowed, struct arena *a)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < count; i++)
		if (!borrowed || !at[i].number)
			json_array_append_new(all, out_string(arena_string(a, at[i].name)));
	return all;
}

static void tell_asked(const struct manifest *m, struct arena *a)
{
	json_t *calls = json_array();

	for (uint32_t i = 0; i < m->call_count; i++)
		json_array_append_new(calls, out_string(arena_string(a, m->calls[i].name)));
	out_field("calls", calls);
	out_field("devices", names(m->devices, m->device_count, false, a));
	out_field("shared", names(m->shared, m->shared_count, true, a));
}

static int tell_fit(struct fetching *f)
{
	struct fit *fit = arena_new(f->arena, struct fit);
	struct storeboards boards;
	struct device frame;

	int rc = storeboards_frame(&boards, wish.frame, f->arena, &frame, f->e);
	if (rc < 0)
		return rc;
	fit_look(&frame, f->facts, f->arena, fit);
	out_field("fits", json_boolean(fit->fits));
	out_field("why", out_string(fit->why.text));
	out_field("why_code", json_string(fit->why.id));
	out_field("fix", out_string(fit->why.fix));
	out_field("target", json_string(fit->target ? target_name(fit->target) : ""));
	out_field("flash", json_integer(fit->flash.size));
	out_field("ram", json_integer(fit->ram.size));
	out_field("needs", fitframe_needs(fit));
	return MS_OK;
}

static void tell(struct fetching *f)
{
	const struct storeline *l = f->line;

	out_field("vendor", out_string(l->vendor));
	out_field("name", out_string(l->name));
	out_field("version", out_string(l->version));
	out_field("state", json_string(leaf_state_name(l->state)));
	out_field("said", out_string(storeline_state(l, f->arena)));
	out_field("package", json_string(l->package));
	out_field("size", json_integer((json_int_t)l->size));
	out_field("kid", json_string(l->kid));
	out_field("entry", json_integer((json_int_t)l->entry));
	out_field("log", wish.sha256 ? json_null() : out_string(f->key.name));
	tell_asked(&f->facts->manifest, f->arena);
}

static int fetch_there(struct fetching *f, const char *path, struct bytes *content)
{
	const struct storeline *l = f->line;
	int rc = client_fetch(f->from.client, path, wish.into, l->size, NULL, f->e);

	return rc < 0 ? rc : file_read(wish.into, l->size, f->arena, content, f->e);
}

static int refuse_package(struct fetching *f)
{
	struct err ignored;

	file_remove(wish.into, &ignored);
	err_set(f->e, ERR_STORE_DIFFERS, "what '%s' gives for %s/%s %s has not the SHA-256 %.16s...", f->from.files.name, f->line->vendor, f->line->name, f->line->version, f->line->package);
	return err_fix(f->e, "take it from another mirror, and tell who runs this one");
}

static bool is_it(const struct fetching *f, struct bytes content)
{
	uint8_t hash[32];

	sha256(content, hash);
	return content.size == f->line->size && !strcmp(release_hex(hash, 32, f->arena), f->line->package);
}

/* The package with this very hash is in the file, or no file is. */
static int fetch_package(struct fetching *f)
{
	const char *path = arena_printf(f->arena, "blobs/sha256/%s", f->line->package);
	struct bytes content = { 0 };
	struct err ignored;

	int rc = file_make_folders(path_folder(f->arena, wish.into), f->arena, f->e);
	/* It may have come by an earlier call. */
	bool here = rc >= 0 && file_exists(wish.into) && file_read(wish.into, f->line->size, f->arena, &content, &ignored) >= 0 && is_it(f, content);
	if (rc >= 0 && !here && file_exists(wish.into))
		rc = file_remove(wish.into, f->e);
	if (rc >= 0 && !here)
		rc = f->from.client ? fetch_there(f, path, &content) : f->from.files.read(f->from.files.context, path, f->line->size, f->arena, &content, f->e);
	if (rc < 0)
		return rc == -MS_EFBIG ? refuse_package(f) : rc;
	if (!is_it(f, content))
		return refuse_package(f);
	return f->from.client || here ? MS_OK : file_replace(wish.into, content, 0644, f->arena, f->e);
}

/* Of the entries of kind key the one of this id. */
static int key_in_log(struct fetching *f, struct key_public *out)
{
	struct checkpoint c;
	int rc = checkpoint_read(f->note, "log/checkpoint", &f->key, f->arena, &c, f->e);

	for (uint64_t number = 0; rc >= 0 && number * TLOG_WIDTH < c.size; number++) {
		struct arena own = { 0 };
		struct bytes bundle = { 0 }, entry;
		struct leaf l;
		struct err ignored;
		bool found = false;

		rc = tlog_files_bundle(&f->from.files, number, tlog_tile_width(TLOG_ENTRIES, number, c.size), &own, &bundle, f->e);
		while (rc >= 0 && !found && tlog_bundle_next(&bundle, &entry)) {
			if (leaf_read(entry, &own, &l, &ignored) < 0 || l.kind != LEAF_KEY || !is_text(l.publisher, f->line->vendor))
				continue;
			key_public_from_point(out, l.key.at);
			found = !strcmp(key_kid_text(out->kid, &own), f->line->kid);
		}
		arena_done(&own);
		if (found)
			return MS_OK;
	}
	return rc < 0 ? rc : err_set(f->e, ERR_STORE_DIFFERS, "the log of '%s' has no key %s of '%s'", f->from.files.name, f->line->kid, f->line->vendor);
}

/* Beside the package its proof, and the key of its publisher as the log has it: whether to believe that is somebody else's to decide. */
static int write_beside(struct fetching *f)
{
	const char *proof = arena_printf(f->arena, "%s.tlog-proof", wish.into), *pem = arena_printf(f->arena, "%s.pem", wish.into);
	struct key_public k;

	int rc = file_replace(proof, tlog_proof_write(&f->proof, f->arena), 0644, f->arena, f->e);
	if (rc >= 0)
		rc = key_in_log(f, &k);
	if (rc >= 0) {
		char *text;

		rc = key_public_pem(&k, f->arena, &text, f->e);
		if (rc >= 0)
			rc = file_replace(pem, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, f->arena, f->e);
	}
	return rc;
}

static int run(struct fetching *f)
{
	int rc = wish.sha256 ? MS_OK : source_believe(&f->from, wish.key, f->arena, &f->key, &f->note, f->e);

	if (rc >= 0)
		rc = choose(f);
	if (rc >= 0 && !wish.sha256)
		rc = prove(f);
	if (rc < 0)
		return rc;
	tell(f);
	if (wish.frame)
		rc = tell_fit(f);
	if (rc >= 0 && wish.into)
		rc = fetch_package(f);
	if (rc >= 0 && wish.into && !wish.sha256)
		rc = write_beside(f);
	return rc;
}

int command_fetch(const struct store_request *r, struct arena *a, struct err *e)
{
	struct fetching *f = arena_new(a, struct fetching);

	f->arena = a;
	f->e = e;
	int rc = storeline_word(r->operands[0], a, &f->word, e);
	if (rc >= 0)
		rc = source_open(&wish.at, a, &f->from, e);
	if (rc >= 0)
		rc = run(f);
	source_close(&f->from);
	moving_end();
	return rc;
}
