/* SPDX-License-Identifier: Apache-2.0 */
/* Packages and index: what a store shows besides its log, and must have from there. */
#include <string.h>

#include "archive.h"
#include "audit_parts.h"
#include "identity.h"
#include "release.h"
#include "source_archive.h"
#include "storeindex.h"

/* A publisher's keys are those of the log, those that were revoked later too: each publish was held against them in its turn. */
struct whose { struct auditing *d; const struct ledger_publisher *publisher; };

static bool find_key(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct whose *w = context;
	const struct ledger_key *k = ledger_key(w->publisher, kid);

	*out = (struct believed){ 0 };
	if (role != TRUST_DEVELOPER || !k)
		return false;
	*out = (struct believed){ .key = k->key, .label = w->publisher->name, .vendor = w->publisher->name };
	return true;
}

static bool signed_by(const struct archive_signer *signers, uint32_t count, struct bytes kid)
{
	for (uint32_t i = 0; i < count; i++)
		if (signers[i].good && memcmp(signers[i].kid, kid.at, COSE_KID_SIZE) == 0)
			return true;
	return false;
}

/* Does the package say what the entry says of it? */
static const char *contradiction(const struct archive_report *r, const struct leaf *l)
{
	if (memcmp(r->manifest_sha256, l->manifest.at, sizeof(r->manifest_sha256)) != 0)
		return "another manifest";
	if (!bytes_equal(identity_vendor(r->manifest), l->publisher) || !bytes_equal(identity_name(r->manifest), l->name))
		return "another name";
	if (!bytes_equal(r->manifest->version_text, l->version))
		return "another version";
	return signed_by(r->signers, r->signer_count, l->kid) ? NULL : "no signature by the key that the entry names";
}

static const char *source_lie(const struct source_report *r, const struct leaf *publish, const struct leaf *l)
{
	const char *what = bytes_equal(l->package, publish->package) ? source_contradiction(r, publish) : "an entry of another package";

	return what || signed_by(r->signers, r->signer_count, l->kid) ? what : "no signature by the key that the entry names";
}

/* Is it believed by the publisher's keys, and what the log says of it?  `source`: the entry of a source package, or NULL. */
static void check_content(struct auditing *d, const struct leaf *publish, const struct leaf *source, const char *path, struct bytes content, struct arena *a)
{
	struct whose w = { d, ledger_publisher(&d->u->ledger, publish->publisher) };
	const struct believer by = { find_key, &w };
	struct archive_report *r = arena_new(a, struct archive_report);
	struct source_report *s = arena_new(a, struct source_report);
	struct err why;

	if ((source ? source_verify(content, path, &by, a, s, &why) : archive_verify(content, path, &by, a, r, &why)) < 0) {
		audit_found_err(d, path, &why);
		return;
	}
	const char *what = source ? source_lie(s, publish, source) : contradiction(r, publish);
	if (what)
		audit_found(d, ERR_STORE_DIFFERS, path, "'%s' is not what the log says: %s", path, what);
}

/* The bytes that an entry names, with their size and hash; false when that was not so, and is said. */
static bool read_named(struct auditing *d, const struct leaf *l, uint64_t index, const char *path, struct arena *a, struct bytes *content)
{
	bool is_source = l->kind == LEAF_SOURCE;
	uint8_t hash[32];
	struct err why;

	int rc = d->files->read(d->files->context, path, l->size + 1, a, content, &why);
	if (rc == -MS_ENOENT)
		audit_found(d, ERR_STORE_DIFFERS, path, "'%s' is missing: entry %llu of the log %s %.*s/%.*s %.*s", path, (unsigned long long)index, is_source ? "gives it as the source of" : "publishes it as",
			    (int)l->publisher.size, (const char *)l->publisher.at, (int)l->name.size, (const char *)l->name.at, (int)l->version.size, (const char *)l->version.at);
	else if (rc == -MS_EFBIG)
		audit_found(d, ERR_STORE_DIFFERS, path, "'%s' was changed: it is larger than the log says", path);
	else if (rc < 0)
		audit_found_err(d, path, &why);
	if (rc < 0)
		return false;
	sha256(*content, hash);
	if (content->size == l->size && !memcmp(hash, is_source ? l->source.at : l->package.at, sizeof(hash)))
		return true;
	audit_found(d, ERR_STORE_DIFFERS, path, "'%s' was changed: its SHA-256 is not its name", path);
	return false;
}

static void audit_package(struct auditing *d, const struct leaf *publish, uint64_t index)
{
	struct arena a = { 0 };
	const char *path = storeindex_blob(publish->package, &a);
	struct bytes package;

	if (read_named(d, publish, index, path, &a, &package))
		check_content(d, publish, NULL, path, package, &a);
	arena_done(&a);
}

static int audit_source(struct auditing *d, const struct leaf *publish, uint64_t index, struct err *e)
{
	struct arena a = { 0 };
	struct bytes content;
	struct leaf l;

	int rc = ledger_leaf(&d->entries, index, &a, &l, e);
	const char *path = rc < 0 ? "" : storeindex_blob(l.source, &a);
	if (rc == MS_OK && read_named(d, &l, index, path, &a, &content))
		check_content(d, publish, &l, path, content, &a);
	d->u->sources++;
	arena_done(&a);
	return rc;
}

/* What is not given to anybody need not be there. */
static int audit_version(struct auditing *d, const struct ledger_version *v, struct err *e)
{
	struct arena a = { 0 };
	struct leaf publish;

	int rc = ledger_leaf(&d->entries, v->index, &a, &publish, e);
	if (rc == MS_OK && storeindex_offers(v->state))
		audit_package(d, &publish, v->index);
	if (rc == MS_OK && storeindex_offers(v->state) && v->sourced)
		rc = audit_source(d, &publish, v->sourced, e);
	d->u->packages++;
	audit_now(d, "packages", d->u->packages, 0);
	arena_done(&a);
	return rc;
}

/* Blobs that are no packages, such as those of an OCI layout, have the hash that is their name. */
static int check_names(struct auditing *d, struct err *e)
{
	struct arena a = { 0 };
	struct list paths = { 0 };

	int rc = audit_walk(d->files, "blobs/sha256", &a, &paths, e);
	for (size_t i = 0; rc == MS_OK && i < paths.count; i++) {
		struct arena scratch = { 0 };
		struct bytes content;
		const char *path = paths.at[i];

		rc = d->files->read(d->files->context, path, (size_t)1 << 30, &scratch, &content, e);
		if (rc == MS_OK && strcmp(release_sha256(content, &scratch), strrchr(path, '/') + 1) != 0)
			audit_found(d, ERR_STORE_DIFFERS, path, "'%s' was changed: its SHA-256 is not its name", path);
		arena_done(&scratch);
	}
	arena_done(&a);
	return rc;
}

int audit_packages(struct auditing *d, struct err *e)
{
	int rc = MS_OK;

	for (const struct ledger_service *s = d->u->ledger.first; s; s = s->next)
		for (const struct ledger_version *v = s->first; v && rc == MS_OK; v = v->next)
			rc = audit_version(d, v, e);
	return rc < 0 ? rc : check_names(d, e);
}

/* Do the log and the packages not give what they have to?  All else says nothing about the store. */
static bool is_finding(int rc)
{
	return rc == -MS_ENOENT || rc == -MS_EFORMAT || rc == -MS_ESIGNATURE || rc == -MS_EFBIG;
}

static int audit_service(struct auditing *d, const struct ledger_service *s, struct bytemap *seen, struct arena *kept, struct err *e)
{
	const char *path = storeindex_path(s->publisher, s->name, kept);
	const struct storeindex_from from = { d->files, &d->entries };
	struct arena a = { 0 };
	struct bytes expected = { 0 };

	int rc = storeindex_file(&from, s, (struct bytes){ 0 }, &a, &expected, e);
	if (is_finding(rc))
		audit_found(d, ERR_STORE_DIFFERS, path, "'%s' cannot be made from the log and the packages: %s", path, e->text);
	else if (expected.size)
		audit_compare(d, ERR_STORE_DIFFERS, path, expected, "the log and the packages");
	d->u->services += expected.size > 0;
	if (rc < 0 || expected.size)
		*bytemap_at(seen, (struct bytes){ (const uint8_t *)path, strlen(path) }, kept) = kept;
	arena_done(&a);
	return is_finding(rc) ? MS_OK : rc;
}

static bool is_there(const struct auditing *d, const char *path)
{
	struct arena a = { 0 };
	struct bytes content;
	struct err why;
	int rc = d->files->read(d->files->context, path, 1, &a, &content, &why);

	arena_done(&a);
	return rc != -MS_ENOENT;	/* what cannot be read is there, and is not what it should be */
}

/* Where nobody can list: any file of it that others would read, since a store could hide the one that names the others. */
static bool shows_index(const struct auditing *d, const struct list *paths, struct arena *a)
{
	bool there = paths->count || is_there(d, STOREINDEX_CONFIG);

	for (const struct ledger_service *s = d->u->ledger.first; s && !there && !d->files->list; s = s->next)
		there = is_there(d, storeindex_path(s->publisher, s->name, a));
	return there;
}

int audit_index(struct auditing *d, struct err *e)
{
	struct arena kept = { 0 };
	struct list paths = { 0 };
	struct bytemap seen = { 0 };

	int rc = audit_walk(d->files, "index", &kept, &paths, e);
	d->u->has_index = rc >= 0 && shows_index(d, &paths, &kept);
	if (rc < 0 || !d->u->has_index)
		goto done;
	audit_compare(d, ERR_STORE_DIFFERS, STOREINDEX_CONFIG, storeindex_config(&d->u->key, &kept), "the first entry of the log");
	for (const struct ledger_service *s = d->u->ledger.first; s && rc == MS_OK; s = s->next)
		rc = audit_service(d, s, &seen, &kept, e);
	for (size_t i = 0; rc == MS_OK && i < paths.count; i++) {
		const char *path = paths.at[i];
		if (strcmp(path, STOREINDEX_CONFIG) != 0 && !bytemap_at(&seen, (struct bytes){ (const uint8_t *)path, strlen(path) }, NULL))
			audit_found(d, ERR_STORE_DIFFERS, path, "'%s' follows from nothing in the log", path);
	}
done:
	arena_done(&kept);
	return rc;
}
