/* SPDX-License-Identifier: Apache-2.0 */
/* Looking after a store that is not served: is it whole, and the database anew. */
#include <inttypes.h>
#include <string.h>

#include "claim.h"
#include "domainproof.h"
#include "file.h"
#include "known.h"
#include "ociindex.h"
#include "out.h"
#include "store.h"
#include "storecommand.h"
#include "storeweb.h"
#include "token.h"
#include "sweep.h"
#include "trust.h"

static int check_folder(const struct store_request *r, struct arena *a, struct err *e)
{
	if (r->dir && file_exists(path_join(a, r->dir, "name")))
		return MS_OK;
	err_set(e, ERR_STORE_FOLDER, "'%s' is no store", r->dir ? r->dir : ".");
	return err_fix(e, "name its folder: --dir DIR");
}

static int open_there(const struct store_request *r, struct store *s, struct arena *a, struct err *e)
{
	int rc = check_folder(r, a, e);

	return rc < 0 ? rc : store_open(s, r->dir, r->name, a, e);
}

static void say(const char *sentence)
{
	out_line("%s", sentence);
	out_event("store_fault", json_pack("{s:o}", "text", out_string(sentence)));
}

/* The number of faults, or negative. */
static int check_all(struct store *s, bool *listed, struct err *e)
{
	int faults = store_check(s, say, e), more = faults < 0 ? faults : ociindex_check(s, listed, say, e);

	return more < 0 ? more : faults + more;
}

int command_check(const struct store_request *r, struct arena *a, struct err *e)
{
	struct store s;
	int rc = open_there(r, &s, a, e);

	if (rc < 0)
		return rc;
	uint64_t entries = log_size(s.log);
	bool listed = false;
	int faults = check_all(&s, &listed, e);
	store_close(&s);
	if (faults < 0)
		return faults;
	if (!listed)
		out_say("index.json, for OCI's tools, is behind the log: it is written when a store that is served ends, and by: ms store rebuild --dir %s", r->dir);
	out_field("entries", json_integer((json_int_t)entries));
	out_field("faults", json_integer(faults));
	out_field("oci_current", json_boolean(listed));
	if (!faults) {
		out_say("whole: %" PRIu64 " entries, all packages with their hashes", entries);
		return MS_OK;
	}
	err_set(e, ERR_STORE_BLOB, "%d fault%s", faults, faults == 1 ? "" : "s");
	return err_fix(e, "put packages back from a copy; what the database or the index lacks comes by: ms store rebuild --dir %s", r->dir);
}

int command_rebuild(const struct store_request *r, struct arena *a, struct err *e)
{
	struct store s;
	uint64_t entries = 0;
	int rc = open_there(r, &s, a, e);

	if (rc < 0)
		return rc;
	rc = store_rebuild(&s, &entries, e);
	store_close(&s);
	if (rc < 0)
		return rc;
	out_say("made anew from %" PRIu64 " entries", entries);
	out_field("entries", json_integer((json_int_t)entries));
	return MS_OK;
}

static const char *swept_for(enum sweep_why why)
{
	return why == SWEEP_LOST ? "nothing in the log names it" : "of a version that was removed";
}

static void tell_swept(enum sweep_why why, const char *name, uint64_t size)
{
	out_line("%s: %s, %" PRIu64 " bytes", name, swept_for(why), size);
	out_event("store_swept", json_pack("{s:s, s:s, s:I}", "sha256", name, "why", why == SWEEP_LOST ? "lost" : "removed", "size", (json_int_t)size));
}

/* What is not needed, now: as the store does by itself once a day while it is served. */
int command_sweep(const struct store_request *r, struct arena *a, struct err *e)
{
	struct sweep w = { .tell = tell_swept, .dry_run = r->dry_run };
	struct store s;
	int rc = open_there(r, &s, a, e);

	if (rc < 0)
		return rc;
	while ((rc = sweep_some(&s, &w, 1000, e)) > 0)
		;
	out_say("%" PRIu64 " file%s, %" PRIu64 " bytes%s", w.swept, w.swept == 1 ? "" : "s", w.bytes, w.dry_run ? ": would be removed" : ": removed");
	out_field("swept", json_integer((json_int_t)w.swept));
	out_field("bytes", json_integer((json_int_t)w.bytes));
	out_field("dry_run", json_boolean(w.dry_run));
	sweep_done(&w);
	store_close(&s);
	return rc;
}

/* It, and what was made by it: who had it may have made some. */
static int end_tokens(struct db *d, const struct db_token *old, struct arena *a, struct err *e)
{
	const char *made = arena_printf(a, "%s/", old->account);
	struct list all = { 0 };

	int rc = d->tokens(d, old->publisher, a, &all, e);
	for (size_t i = 0; rc >= 0 && i < all.count; i++) {
		const struct db_token *t = all.at[i];

		if (!strcmp(t->hash, old->hash) || !strncmp(t->account, made, strlen(made)))
			rc = d->token_remove(d, t->hash, e);
	}
	return rc;
}

/* Killed at any moment, the file has a token that counts; done again, all others of it end. */
static int renew(struct store *s, const char *file, struct arena *a, const char **id, struct err *e)
{
	const char *token;
	struct db_token old;

	int rc = known_read_token(file, a, &token, e);
	if (rc < 0)
		return rc;
	rc = s->db->token(s->db, token_hash(token, a), a, &old, e);
	if (rc == 0 || (rc == 1 && *old.publisher)) {
		err_set(e, ERR_STORE_LOGIN, "'%s' has no administrator's token of this store", file);
		return err_fix(e, "make one, while the store is not served: ms store administrator FILE --dir DIR");
	}
	if (rc > 0)
		rc = store_add_admin(s, file, a, id, e);
	return rc < 0 ? rc : end_tokens(s->db, &old, a, e);
}

/* Who serves it meanwhile asks the database about each token: no lock of the log is needed. */
static int renew_there(const struct store_request *r, struct arena *a, const char **id, struct err *e)
{
	struct store s = { 0 };

	int rc = check_folder(r, a, e);
	if (rc >= 0)
		rc = db_sqlite(a, r->dir, true, &s.db, e);
	if (rc < 0)
		return rc;
	rc = renew(&s, r->operands[0], a, id, e);
	s.db->close(s.db);
	return rc;
}

static int add_there(const struct store_request *r, struct arena *a, const char **id, struct err *e)
{
	struct store s;

	if (file_exists(r->operands[0])) {
		err_set(e, ERR_EXISTS, "'%s' is there already", r->operands[0]);
		return err_fix(e, "name another file; if it has an administrator's token of this store, --renew puts a new one in its place");
	}
	int rc = open_there(r, &s, a, e);
	if (rc < 0)
		return rc;
	rc = store_add_admin(&s, r->operands[0], a, id, e);
	store_close(&s);
	return rc;
}

/* FILE: for another administrator, who is nobody's token. */
int command_administrator(const struct store_request *r, struct arena *a, struct err *e)
{
	const char *id;

	int rc = r->renew ? renew_there(r, a, &id, e) : add_there(r, a, &id, e);
	if (rc < 0)
		return rc;
	out_say(r->renew ? "the token in '%s' is a new one, and the one before counts no more" : "a token for another administrator is in '%s'", r->operands[0]);
	out_field("id", out_string(id));
	return MS_OK;
}

/* What a store wants to have signed, for who asks it without ms: STORE URL VENDOR NONCE. */
int command_claim(const struct store_request *r, struct arena *a, struct err *e)
{
	struct claim c = { .store = r->operands[0], .vendor = r->operands[2], .nonce = r->operands[3] };
	struct address at;
	const char *path = r->key;
	struct bytes text;
	struct key *k;

	if (!r->certificate != !r->certificate_key) {
		err_set(e, ERR_OPTIONS_DISAGREE, "a domain's certificate and its key belong together");
		return err_fix(e, "--certificate FILE --certificate-key FILE");
	}
	int rc = address_read(r->operands[1], a, &at, e);
	if (rc >= 0 && !path)
		rc = trust_own(TRUST_DEVELOPER, false, a, &path, e);
	if (rc >= 0)
		rc = key_open(path, a, &k, e);
	if (rc < 0)
		return rc;
	c.at = at.text;
	rc = claim_sign(&c, k, a, &text, e);
	key_close(k);
	if (rc >= 0 && r->certificate)
		rc = domainproof_sign(text, r->certificate, r->certificate_key, a, &text, e);
	if (rc < 0)
		return rc;
	out_text(arena_string(a, text));
	out_field("claim", out_string(arena_string(a, text)));
	return MS_OK;
}

/* The parts of docs/store.md that have their home in the program. */
int command_manual(const struct store_request *r, struct arena *a, struct err *e)
{
	static const char *const who[] = { "anybody", "a token" };
	const struct route *rows = storeweb_routes.at;

	(void)a;
	if (strcmp(r->operands[0], "routes"))
		return err_set(e, ERR_OPERANDS, "routes");
	out_line("| request | who | |\n|---|---|---|");
	for (size_t i = 0; i < storeweb_routes.count; i++)
		out_line("| `%s %s` | %s | %s |", rows[i].method, rows[i].path, who[rows[i].who], rows[i].what);
	return MS_OK;
}
