/* SPDX-License-Identifier: Apache-2.0 */
#include "trust.h"

#include <string.h>

#include "file.h"
#include "folders.h"
#include "out.h"
#include "trust_own.h"

enum { TRUST_FILE_MAX = 16 * 1024 };

const char *trust_folder(struct arena *a)
{
	return path_join(a, folder_config(a), "trust");
}

const char *trust_path_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a)
{
	return path_join(a, folder, arena_printf(a, "%s.pem", key_kid_text(kid, a)));
}

static const char *trust_path(const uint8_t kid[COSE_KID_SIZE], struct arena *a)
{
	return trust_path_in(trust_folder(a), kid, a);
}

int trust_read(const char *path, struct arena *a, struct trusted *t, struct err *e)
{
	struct trusted read = { 0 };
	struct bytes content;

	int rc = file_read(path, TRUST_FILE_MAX, a, &content, e);
	if (rc == MS_OK)
		rc = trust_file_read(content, path, a, &read, e);
	if (rc == MS_OK)
		rc = key_open_public(path, a, &read.key, e);
	if (rc < 0)
		return rc;

	/* The name is how it is found: another key under it would be believed in this one's place. */
	if (strcmp(path_name(path), path_name(trust_path(read.key.kid, a))) != 0) {
		err_set(e, ERR_TRUST_FILE, "the key in '%s' is another than its name says", path);
		return err_fix(e, "remove that file, and trust the key anew: ms key trust FILE");
	}
	*t = read;
	return MS_OK;
}

void trust_warn(const struct err *e)
{
	if (e->line > 0)
		out_warn("%s:%d: %s", e->file, e->line, e->text);
	else
		out_warn("%s", e->text);
}

/* Has this person a key of the role?  One that is there and cannot be used is warned of. */
static bool has_own(enum trust_role role, struct arena *a, struct trusted *t)
{
	struct err e;

	int rc = own_read(role, a, t, &e);
	if (rc < 0 && rc != -MS_ENOENT)
		trust_warn(&e);
	return rc == MS_OK;
}

static bool is_own(const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct arena *a, struct trusted *t)
{
	return has_own(role, a, t) && memcmp(t->key.kid, kid, COSE_KID_SIZE) == 0;
}

/* The key of this kid, for whatever it is believed; first for this role. */
static int find_any(const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct arena *a, struct trusted *t, struct err *e)
{
	const char *path = trust_path(kid, a);

	if (is_own(kid, role, a, t))
		return MS_OK;
	if (file_exists(path))
		return trust_read(path, a, t, e);
	if (is_own(kid, role == TRUST_DEVELOPER ? TRUST_INTEGRATOR : TRUST_DEVELOPER, a, t))
		return MS_OK;
	err_set(e, ERR_UNTRUSTED, "the key %s is not trusted", key_kid_text(kid, a));
	return err_fix(e, "if you believe its owner: ms key trust FILE --role %s", trust_role_name(role));
}

/* Is it believed for this? */
static int check_use(const struct trusted *t, enum trust_role role, const char *vendor, struct arena *a, struct err *e)
{
	const uint8_t *kid = t->key.kid;

	if (t->role != role)
		return err_set(e, ERR_KEY_ROLE, "the key %s is trusted as %s, not as %s", key_kid_text(kid, a),
			       trust_role_name(t->role), trust_role_name(role));
	if (vendor && t->vendor && strcmp(vendor, t->vendor) != 0)
		return err_set(e, ERR_KEY_ROLE, "the key %s may sign for '%s', not for '%s'", key_kid_text(kid, a),
			       t->vendor, vendor);
	return MS_OK;
}

int trust_find(const uint8_t kid[COSE_KID_SIZE], enum trust_role role, const char *vendor,
	       struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted t;

	int rc = trust_revoked(kid, a, e);
	if (rc >= 0)
		rc = find_any(kid, role, a, &t, e);
	if (rc >= 0)
		rc = check_use(&t, role, vendor, a, e);
	if (rc >= 0)
		*out = t;
	return rc;
}

int trust_find_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, const char *vendor,
		  struct arena *a, struct trusted *out, struct err *e)
{
	const char *path = trust_path_in(folder, kid, a);
	struct trusted t;

	int rc = trust_revoked_in(folder, kid, a, e);
	if (rc < 0)
		return rc;
	if (!file_exists(path))
		return err_set(e, ERR_UNTRUSTED, "the key %s is not among those in '%s'", key_kid_text(kid, a), path_shown(a, folder));
	rc = trust_read(path, a, &t, e);
	if (rc >= 0)
		rc = check_use(&t, role, vendor, a, e);
	if (rc >= 0)
		*out = t;
	return rc;
}

static void push(struct list *all, const struct trusted *t, const char *folder, struct arena *a)
{
	struct trusted *copy = arena_new(a, struct trusted);

	*copy = *t;
	copy->revoked = trust_revoked_text(folder, t->key.kid, a);
	list_push(all, a, copy);
}

int trust_list_in(const char *folder, struct arena *a, struct list *all, struct err *e)
{
	struct list paths = { 0 };
	struct trusted t;
	struct err bad;

	int rc = own_list_pem(folder, a, &paths, e);
	for (size_t i = 0; rc >= 0 && i < paths.count; i++) {
		if (trust_read(paths.at[i], a, &t, &bad) == MS_OK)
			push(all, &t, folder, a);
		else
			trust_warn(&bad);
	}
	return rc;
}

int trust_list(struct arena *a, struct list *all, struct err *e)
{
	struct list found = { 0 };
	struct trusted t;

	for (int role = 0; role < TRUST_ROLE_COUNT; role++) {
		if (has_own((enum trust_role)role, a, &t))
			push(&found, &t, trust_folder(a), a);
	}
	int rc = trust_list_in(trust_folder(a), a, &found, e);
	if (rc >= 0)
		*all = found;
	return rc;
}

int trust_add_in(const char *folder, struct trusted *t, struct arena *a, struct err *e)
{
	const char *path = trust_path_in(folder, t->key.kid, a);
	struct bytes content;

	int rc = trust_file_write(t, a, &content, e);
	if (rc == MS_OK)
		rc = file_make_folders(folder, a, e);
	if (rc == MS_OK)
		rc = file_update(path, content, 0644, a, NULL, e);
	if (rc == MS_OK)
		t->path = path;
	return rc;
}

int trust_add(struct trusted *t, struct arena *a, struct err *e)
{
	return trust_add_in(trust_folder(a), t, a, e);
}

int trust_remove(const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e)
{
	const char *path = trust_path(kid, a);

	if (!file_exists(path))
		return err_set(e, ERR_NO_KEY, "the key %s is not among the trusted ones", key_kid_text(kid, a));
	return file_remove(path, e);
}
