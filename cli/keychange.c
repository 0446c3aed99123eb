/* SPDX-License-Identifier: Apache-2.0 */
#include "keychange.h"

#include <string.h>
#include <time.h>

#include "archive.h"
#include "file.h"
#include "keyopen.h"
#include "keyring.h"
#include "out.h"
#include "product.h"

/* The day: SOURCE_DATE_EPOCH's, or today. */
static int today(struct arena *a, const char **date, struct err *e)
{
	uint64_t epoch;

	int rc = archive_epoch(&epoch, e);
	*date = statement_date(epoch ? epoch : (uint64_t)time(NULL), a);
	return rc;
}

bool keychange_is(const char *path, struct arena *a, struct statement *out, int *rc, struct err *e)
{
	struct bytes content;
	struct err none;

	if (file_read(path, STATEMENT_FILE_MAX, a, &content, &none) < 0 || !statement_is(content))
		return false;
	*rc = statement_read(content, path, a, out, e);
	return true;
}

/* Write what others get, where no other file is. */
static int hand_out(const struct statement *s, const char *path, struct arena *a, struct err *e)
{
	struct bytes content;

	int rc = statement_write(s, a, &content, e);
	if (rc == MS_OK)
		rc = file_create(path, content, 0644, a, e);
	if (rc == MS_OK)
		out_say("wrote '%s': give it to all who trust the key", path);
	return rc;
}

void keychange_say(const struct statement *s, const struct trusted *t, struct arena *a)
{
	const char *kid = key_kid_text(s->key.kid, a), *by = key_kid_text(s->by, a);

	if (s->kind == STATEMENT_REVOCATION)
		out_line("the key %s is revoked %s", kid, t->revoked);
	else
		out_line("the key %s follows %s, as %s of %s", kid, by, trust_role_name(t->role), t->vendor ? t->vendor : "any vendor");
	out_event("key_statement", json_pack("{s:s, s:s, s:s, s:s, s:o, s:b, s:o}", "says", statement_name(s->kind), "kid", kid, "by", by, "date", s->date,
					     "reason", out_string(s->reason), "signed", s->is_signed, "path", out_string(t->path)));
}

static int own_key(const char *name, struct arena *a, struct trusted *t, struct err *e)
{
	struct err none;
	const char *path;

	int rc = keyring_find(name, a, t, e);
	if (rc < 0)
		return rc;
	bool named = trust_own_path(name, a, &path, &none) == MS_OK && file_exists(path);
	if (!named || !t->own) {
		err_set(e, ERR_NO_KEY, "'%s' is not the name of a key of yours", name);
		return err_fix(e, "'ms key list' shows them; only its owner rotates a key");
	}
	t->path = path;
	return trust_revoked(t->key.kid, a, e);
}

int keychange_rotate(const char *name, bool passphrase, const char *output, struct arena *a, struct err *e)
{
	struct statement said;
	struct trusted t;
	const char *date = "";
	struct key *old;

	int rc = own_key(name, a, &t, e);
	if (rc == MS_OK)
		rc = today(a, &date, e);
	if (rc == MS_OK)
		rc = keyopen(t.path, a, &old, e);
	if (rc < 0)
		return rc;
	bool sealed = passphrase || keyopen_sealed(t.path, a);

	if (!output)
		output = arena_printf(a, "%s-%s.rotation", name, key_kid_text(t.key.kid, a));
	if (file_exists(output))
		rc = err_set(e, ERR_EXISTS, "'%s' exists already", output);
	if (rc == MS_OK)
		rc = trust_rotate(name, &t, old, sealed ? keyopen_create_sealed : key_create, date, a, &said, e);
	key_close(old);
	if (rc == MS_OK)
		rc = hand_out(&said, output, a, e);
	if (rc < 0)
		return rc;
	t.key = said.key;
	keychange_say(&said, &t, a);
	out_field("statement", out_string(output));
	out_field("kid", json_string(key_kid_text(said.key.kid, a)));
	return MS_OK;
}

/* Its owner says so, who has the private key; others can but decide for themselves. */
static int say_it(const struct trusted *t, struct statement *s, const char *output, struct arena *a, struct err *e)
{
	struct key *k;

	memcpy(s->by, t->key.thumbprint, sizeof(s->by));
	if (!t->own)
		return MS_OK;
	int rc = keyopen(t->path, a, &k, e);
	if (rc < 0)
		return rc;
	rc = statement_sign(s, k, a, e);
	key_close(k);
	if (!output)
		output = arena_printf(a, "%s.revocation", key_kid_text(t->key.kid, a));
	if (rc == MS_OK)
		rc = hand_out(s, output, a, e);
	if (rc == MS_OK)
		out_field("statement", out_string(output));
	return rc;
}

static int make(const char *word, const char *reason, const char *output, struct arena *a, struct statement *s, struct err *e)
{
	struct trusted t;

	if (!reason) {
		err_set(e, ERR_OPERANDS, "the reason is missing");
		return err_fix(e, "say it in a line: --reason TEXT");
	}
	int rc = keyring_find(word, a, &t, e);
	*s = (struct statement){ .kind = STATEMENT_REVOCATION, .reason = reason };
	if (rc == MS_OK)
		rc = today(a, &s->date, e);
	if (rc < 0)
		return rc;
	s->key = t.key;
	return say_it(&t, s, output, a, e);
}

/* A product's key is known there by its number, to this person perhaps not at all. */
static const char *file_of(const char *folder, const char *word, struct arena *a)
{
	uint8_t kid[COSE_KID_SIZE];
	const char *path = folder ? path_join(a, folder, arena_printf(a, "%s.pem", word)) : word;

	return folder && key_kid_parse(word, kid) == MS_OK && file_exists(path) ? path : word;
}

int keychange_revoke(const char *word, const char *reason, const char *product, const char *output, struct arena *a, struct err *e)
{
	const char *folder = product ? path_join(a, product, PRODUCT_TRUST_FOLDER) : NULL;
	struct statement s;
	struct trusted t;
	int rc = MS_OK;
	bool given;

	if (product && !file_exists(path_join(a, product, PRODUCT_FILE)))
		return err_set(e, ERR_NO_FILE, "there is no product in '%s'", product);
	word = file_of(folder, word, a);
	given = keychange_is(word, a, &s, &rc, e);
	if (!given)
		rc = make(word, reason, output, a, &s, e);
	if (rc == MS_OK && s.kind != STATEMENT_REVOCATION) {
		err_set(e, ERR_STATEMENT_REFUSED, "'%s' says that a key follows another, and revokes none", word);
		rc = err_fix(e, "'ms key trust' takes it");
	}
	if (rc == MS_OK)
		rc = folder ? trust_take_in(folder, &s, !given, a, &t, e) : trust_take(&s, !given, a, &t, e);
	if (rc < 0)
		return rc;
	keychange_say(&s, &t, a);
	out_field("kid", json_string(key_kid_text(s.key.kid, a)));
	return MS_OK;
}
