/* SPDX-License-Identifier: Apache-2.0 */
/* What statements do to the keys that are believed: <kid>.rotation and <kid>.revoked in a folder of trusted keys. */
#include <string.h>

#include "file.h"
#include "trust_own.h"

static const char *record_path(const char *folder, const uint8_t kid[COSE_KID_SIZE], const char *ending, struct arena *a)
{
	return path_join(a, folder, arena_printf(a, "%s.%s", key_kid_text(kid, a), ending));
}

/* The record of a revoked key.  Who can write in the folder decides there: its signature was looked at when it came. */
static int read_revoked(const char *path, const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct statement *out, struct err *e)
{
	struct bytes content;

	int rc = file_read(path, STATEMENT_FILE_MAX, a, &content, e);
	if (rc == MS_OK)
		rc = statement_read(content, path, a, out, e);
	if (rc < 0)
		return rc;
	return out->kind == STATEMENT_REVOCATION && !memcmp(out->key.kid, kid, COSE_KID_SIZE) ? MS_OK : -MS_EFORMAT;
}

static const char *revoked_text(const struct statement *s, struct arena *a)
{
	return arena_printf(a, "on %s: %s", s->date, s->reason);
}

const char *trust_revoked_text(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a)
{
	const char *path = record_path(folder, kid, "revoked", a);
	struct statement s;
	struct err none;

	if (!file_exists(path))
		return NULL;
	if (read_revoked(path, kid, a, &s, &none) < 0)
		return arena_printf(a, "by '%s', which is damaged", path_shown(a, path));
	return revoked_text(&s, a);
}

int trust_revoked_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e)
{
	const char *text = trust_revoked_text(folder, kid, a);

	if (!text)
		return MS_OK;
	err_set(e, ERR_REVOKED, "the key %s was revoked %s", key_kid_text(kid, a), text);
	return err_fix(e, "ask its owner for what another key has signed");
}

int trust_revoked(const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e)
{
	return trust_revoked_in(trust_folder(a), kid, a, e);
}

static int refuse(const struct statement *s, const char *why, struct arena *a, struct err *e)
{
	return err_set(e, ERR_STATEMENT_REFUSED, "what is said about the key %s %s", key_kid_text(s->key.kid, a), why);
}

/* The file of what is believed: exactly what was said, for whoever asks later. */
static int keep(const char *folder, const struct statement *s, const char *ending, struct arena *a, struct err *e)
{
	struct bytes content;

	int rc = statement_write(s, a, &content, e);
	if (rc == MS_OK)
		rc = file_make_folders(folder, a, e);
	return rc < 0 ? rc : file_update(record_path(folder, s->key.kid, ending, a), content, 0644, a, NULL, e);
}

/* Does the folder know the key otherwise already? */
static int check_free(const char *folder, const struct statement *s, const struct trusted *before, struct arena *a, struct err *e)
{
	const char *path = trust_path_in(folder, s->key.kid, a);
	struct trusted has;

	int rc = trust_revoked_in(folder, s->key.kid, a, e);
	if (rc < 0 || !file_exists(path))
		return rc;
	rc = trust_read(path, a, &has, e);
	if (rc < 0)
		return rc;
	bool same = has.role == before->role && !has.vendor == !before->vendor && (!has.vendor || !strcmp(has.vendor, before->vendor));
	return same ? MS_OK : refuse(s, "gives it to another than it is trusted for", a, e);
}

/* A key that is believed has signed: the next one is believed for the same. */
static int judge_next(const char *folder, const struct statement *s, const struct trusted *before, struct arena *a, struct trusted *out, struct err *e)
{
	if (statement_verify(s, &before->key, a) < 0)
		return refuse(s, arena_printf(a, "is not signed by the key %s, as it says", key_kid_text(before->key.kid, a)), a, e);
	int rc = check_free(folder, s, before, a, e);
	if (rc == MS_OK)
		*out = (struct trusted){ .key = s->key, .role = before->role, .vendor = before->vendor, .label = before->label };
	return rc;
}

static int follow(const char *folder, const struct statement *s, const struct trusted *before, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted next;

	int rc = judge_next(folder, s, before, a, &next, e);
	if (rc == MS_OK)
		rc = keep(folder, s, "rotation", a, e);
	if (rc == MS_OK)
		rc = trust_add_in(folder, &next, a, e);
	if (rc == MS_OK)
		*out = next;
	return rc;
}

static int judge_revocation(const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e)
{
	if (statement_verify(s, &s->key, a) < 0 && (s->is_signed || !own_decision))
		return refuse(s, s->is_signed ? "is not signed by that key, as it says" : "is signed by nobody", a, e);
	*out = (struct trusted){ .key = s->key, .role = TRUST_ROLE_COUNT, .label = "", .revoked = revoked_text(s, a) };
	return MS_OK;
}

static int revoke(const char *folder, const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted gone;

	int rc = judge_revocation(s, own_decision, a, &gone, e);
	if (rc == MS_OK)
		rc = keep(folder, s, "revoked", a, e);
	if (rc < 0)
		return rc;
	gone.path = record_path(folder, s->key.kid, "revoked", a);
	*out = gone;
	return MS_OK;
}

int trust_judge_in(const char *folder, const struct statement *s, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted before;

	if (s->kind == STATEMENT_REVOCATION)
		return judge_revocation(s, false, a, out, e);
	int rc = trust_find_in(folder, s->by, TRUST_DEVELOPER, NULL, a, &before, e);
	return rc < 0 ? rc : judge_next(folder, s, &before, a, out, e);
}

int trust_take_in(const char *folder, const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted before;

	if (s->kind == STATEMENT_REVOCATION)
		return revoke(folder, s, own_decision, a, out, e);
	int rc = trust_find_in(folder, s->by, TRUST_DEVELOPER, NULL, a, &before, e);
	return rc < 0 ? rc : follow(folder, s, &before, a, out, e);
}

int trust_take(const struct statement *s, bool own_decision, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted before;
	struct err none;

	if (s->kind == STATEMENT_REVOCATION)
		return revoke(trust_folder(a), s, own_decision, a, out, e);
	int rc = trust_find(s->by, TRUST_DEVELOPER, NULL, a, &before, e);
	if (rc < 0 && trust_find(s->by, TRUST_INTEGRATOR, NULL, a, &before, &none) == MS_OK)
		rc = MS_OK;
	return rc < 0 ? rc : follow(trust_folder(a), s, &before, a, out, e);
}
