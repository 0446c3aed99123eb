/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For ms add and ms install: one version of a service out of a store.  First everything that can be known without its package: is the store the one that is believed,
 * which version is meant, does the log have it under this very hash, what does it ask for, does it fit?  Then the package, which must have that hash, and its proof.
 *
 * With --source it is its source package that is fetched, by the log's entry of that; the package is what that must give.
 *
 * With a hash, of a product.lock, it is that package alone, whatever became of the version since; a hash needs nobody who is believed.
 */
#include <string.h>

#include "fetch_parts.h"
#include "moving.h"
#include "out.h"
#include "storeboards.h"
#include "storecommand.h"
#include "target.h"

static struct fetch_wish wish;
const struct opt fetch_options[] = { FETCH_OPTIONS(&wish), OPT_END };

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

/* Versions of which there is a source, for people; NULL: there is none. */
static const char *with_source(const struct list *lines, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < lines->count; i++) {
		const struct storeline *l = lines->at[i];

		if (*l->source && (l->state == LEAF_LIVE || l->state == LEAF_DEPRECATED))
			text_add(&t, a, "%s%s", t.size ? ", " : "", l->version);
	}
	return t.at;
}

static int check_source(struct fetching *f, const struct list *lines)
{
	const struct storeline *l = f->line;
	const char *other = with_source(lines, f->arena);

	if (*l->source && (!wish.source_sha256 || !strcmp(l->source, wish.source_sha256)))
		return MS_OK;
	if (wish.source_sha256) {
		err_set(f->e, ERR_STORE_SOURCE, "'%s' has no source of %s/%s %s with the SHA-256 %.16s...", f->from.files.name, l->vendor, l->name, l->version, wish.source_sha256);
		return err_fix(f->e, "put the file back from a copy; or take its 'source' out of product.yaml: the package is enough");
	}
	err_set(f->e, ERR_STORE_SOURCE, "there is no source of %s/%s %s in '%s'", l->vendor, l->name, l->version, f->from.files.name);
	if (other)
		return err_fix(f->e, "there is one of %s; or take the package: ms add %s/%s, without --source", other, l->vendor, l->name);
	return err_fix(f->e, "take the package: ms add %s/%s, without --source; or ask %s for the source: ms publish NAME-VERSION-source.msp", l->vendor, l->name, l->vendor);
}

static int choose(struct fetching *f)
{
	struct list lines = { 0 };

	int rc = source_lines(&f->from, f->word.vendor, f->word.name, f->arena, &lines, f->e);
	if (rc < 0)
		return rc;
	rc = wish.sha256 ? choose_locked(f, &lines) : storeline_choose(&lines, f->word.version, f->arena, &f->line, f->e);
	if (rc >= 0 && wish.source)
		rc = check_source(f, &lines);
	if (rc < 0)
		return rc;
	f->facts = arena_new(f->arena, struct storefacts);
	return storeline_facts(f->line, f->arena, f->facts, f->e);
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
	out_field("source", *l->source ? json_string(l->source) : json_null());
	out_field("source_size", *l->source ? json_integer((json_int_t)l->source_size) : json_null());
	out_field("source_kid", *l->source ? json_string(l->source_kid) : json_null());
	out_field("log", wish.sha256 ? json_null() : out_string(f->key.name));
	tell_asked(&f->facts->manifest, f->arena);
}

static int run(struct fetching *f)
{
	int rc = wish.sha256 ? MS_OK : source_believe(&f->from, wish.key, f->arena, &f->key, &f->note, f->e);

	if (rc >= 0)
		rc = choose(f);
	if (rc >= 0 && !wish.sha256)
		rc = fetch_prove(f);
	if (rc < 0)
		return rc;
	tell(f);
	if (wish.frame)
		rc = tell_fit(f);
	if (rc >= 0)
		rc = fetch_blobs(f);
	if (rc >= 0 && !wish.sha256)
		rc = fetch_write_beside(f);
	return rc;
}

int command_fetch(const struct store_request *r, struct arena *a, struct err *e)
{
	struct fetching *f = arena_new(a, struct fetching);

	f->wish = &wish;
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
