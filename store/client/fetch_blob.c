/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fetch_parts.h"
#include "file.h"
#include "key.h"
#include "leaf.h"
#include "logged.h"
#include "release.h"
#include "tlog_files.h"

/* Bytes that are known by their hash, and where they go. */
struct blob { const char *sha256, *into, *what; uint64_t size; };

static int refuse(struct fetching *f, const struct blob *b, struct err *e)
{
	err_set(e, ERR_STORE_DIFFERS, "what '%s' gives for %s%s/%s %s has not the SHA-256 %.16s...", f->from.files.name, b->what, f->line->vendor, f->line->name, f->line->version, b->sha256);
	return err_fix(e, "take it from another mirror, and tell who runs this one");
}

static bool is_it(const struct fetching *f, const struct blob *b, struct bytes content)
{
	return content.size == b->size && !strcmp(release_sha256(content, f->arena), b->sha256);
}

struct looking { struct fetching *f; const struct blob *blob; };

/* It is looked at before it goes to where others look for it: of two who fetch the same from two stores neither gets what the other one's has made up. */
static int check(void *context, const char *path, struct err *e)
{
	const struct looking *l = context;
	struct bytes content;
	int rc = file_read(path, l->blob->size, l->f->arena, &content, e);

	return rc == -MS_EFBIG || (rc >= 0 && !is_it(l->f, l->blob, content)) ? refuse(l->f, l->blob, e) : rc;
}

static int fetch_there(struct fetching *f, const struct blob *b, const char *path)
{
	const struct client_file want = { b->into, b->size, check, &(struct looking){ f, b } };
	int rc = client_fetch(f->from.client, path, &want, NULL, f->e);

	return rc == -MS_EFBIG ? refuse(f, b, f->e) : rc;
}

static int copy(struct fetching *f, const struct blob *b, const char *path)
{
	struct bytes content;
	int rc = f->from.files.read(f->from.files.context, path, b->size, f->arena, &content, f->e);

	if (rc == -MS_EFBIG || (rc >= 0 && !is_it(f, b, content)))
		return refuse(f, b, f->e);
	return rc < 0 ? rc : file_replace(b->into, content, 0644, f->arena, f->e);
}

/* It may have come by an earlier call.  What else is there is replaced, and not removed first: another call may have put it there just now. */
static int fetch(struct fetching *f, const struct blob *b)
{
	const char *path = arena_printf(f->arena, "blobs/sha256/%s", b->sha256);
	struct err ignored;
	int rc = file_make_folders(path_folder(f->arena, b->into), f->arena, f->e);

	if (rc < 0 || (file_exists(b->into) && check(&(struct looking){ f, b }, b->into, &ignored) >= 0))
		return rc;
	return f->from.client ? fetch_there(f, b, path) : copy(f, b, path);
}

int fetch_blobs(struct fetching *f)
{
	const struct fetch_wish *w = f->wish;
	const struct storeline *l = f->line;

	if (w->source_into)
		return fetch(f, &(struct blob){ l->source, w->source_into, "the source of ", l->source_size });
	return w->into ? fetch(f, &(struct blob){ l->package, w->into, "", l->size }) : MS_OK;
}

/* Of the entries of kind key the one of this id. */
static int key_in_log(struct fetching *f, const char *kid, struct key_public *out)
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
			if (leaf_read(entry, &own, &l, &ignored) < 0 || l.kind != LEAF_KEY || !bytes_equal(l.publisher, leaf_text(f->line->vendor)))
				continue;
			key_public_from_point(out, l.key.at);
			found = !strcmp(key_kid_text(out->kid, &own), kid);
		}
		arena_done(&own);
		if (found)
			return MS_OK;
	}
	return rc < 0 ? rc : err_set(f->e, ERR_STORE_DIFFERS, "the log of '%s' has no key %s of '%s'", f->from.files.name, kid, f->line->vendor);
}

static int write_key(struct fetching *f, const char *kid, const char *file)
{
	struct key_public k;
	char *text;

	int rc = key_in_log(f, kid, &k);
	if (rc >= 0)
		rc = key_public_pem(&k, f->arena, &text, f->e);
	return rc < 0 ? rc : file_replace(arena_printf(f->arena, "%s.pem", file), (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, f->arena, f->e);
}

static int write_proof(struct fetching *f, const struct tlog_proof *proof, const char *file)
{
	return file_replace(logged_path(file, f->arena), tlog_proof_write(proof, f->arena), 0644, f->arena, f->e);
}

int fetch_write_beside(struct fetching *f)
{
	const struct fetch_wish *w = f->wish;
	int rc = MS_OK;

	if (w->into)
		rc = write_proof(f, &f->proof, w->into);
	if (rc >= 0 && w->source_into)
		rc = write_proof(f, &f->source_proof, w->source_into);
	if (rc >= 0 && w->source_into)
		return write_key(f, f->line->source_kid, w->source_into);
	return rc < 0 || !w->into ? rc : write_key(f, f->line->kid, w->into);
}
