/* SPDX-License-Identifier: Apache-2.0 */
#include "trust.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "folders.h"
#include "out.h"

enum { TRUST_FILE_MAX = 16 * 1024, NAME_MAX_SIZE = 64 };

static const char *keys_folder(struct arena *a)
{
	return path_join(a, folder_config(a), "keys");
}

static const char *trust_folder(struct arena *a)
{
	return path_join(a, folder_config(a), "trust");
}

static const char *trust_path(const uint8_t kid[COSE_KID_SIZE], struct arena *a)
{
	return path_join(a, trust_folder(a), arena_printf(a, "%s.pem", key_kid_text(kid, a)));
}

/* For us alone, as secrets are kept. */
static int make_keys_folder(struct arena *a, struct err *e)
{
	const char *folder = keys_folder(a);

	int rc = file_make_folders(folder_config(a), a, e);
	if (rc == MS_OK && mkdir(folder, 0700) && !file_is_folder(folder))
		rc = err_errno(e, "cannot make folder '%s'", folder);
	return rc;
}

static bool is_name(const char *name)
{
	size_t size = strlen(name);

	if (size == 0 || size > NAME_MAX_SIZE || !isalnum((unsigned char)name[0]))
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return false;
	return true;
}

int trust_own_path(const char *name, struct arena *a, const char **path, struct err *e)
{
	if (!is_name(name)) {
		err_set(e, -MS_EINVAL, "'%s' cannot be the name of a key", name);
		return err_fix(e, "use at most %d letters, digits, '-', '_' and '.', the first a letter or digit", NAME_MAX_SIZE);
	}
	*path = path_join(a, keys_folder(a), arena_printf(a, "%s.pem", name));
	return MS_OK;
}

static int make_own(enum trust_role role, const char *path, struct arena *a, struct err *e)
{
	static const char *const what[] = {
		[TRUST_DEVELOPER] = "a development key, which signs what you build",
		[TRUST_INTEGRATOR] = "a development key, which signs what your emulated boards run",
	};

	int rc = make_keys_folder(a, e);
	if (rc == MS_OK)
		rc = key_create(path, a, e);
	if (rc == -MS_EEXIST)
		return MS_OK;	/* another process was faster and has said so */
	if (rc < 0)
		return rc;

	out_say("made %s: '%s'", what[role], path);
	out_say("  it is for this computer; a key for production comes later (ms help key)");
	out_event("key", json_pack("{s:s, s:s, s:o}", "action", "made", "role", trust_role_name(role), "path", out_string(path)));
	return MS_OK;
}

int trust_own(enum trust_role role, bool make, struct arena *a, const char **path, struct err *e)
{
	const char *name = trust_role_name(role), *file;

	int rc = trust_own_path(name, a, &file, e);
	if (rc == MS_OK && !file_exists(file)) {
		if (make) {
			rc = make_own(role, file, a, e);
		} else {
			err_set(e, -MS_ENOENT, "there is no %s key yet ('%s')", name, file);
			rc = err_fix(e, "make one: ms key new %s", name);
		}
	}
	if (rc == MS_OK)
		*path = file;
	return rc;
}

/* The names in one of our folders that end in ".pem", as paths; none if there is no folder. */
static int list_pem(const char *folder, struct arena *a, struct list *paths, struct err *e)
{
	struct list names = { 0 };

	if (!file_exists(folder))
		return MS_OK;
	int rc = file_list(folder, a, &names, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.at[i], *end = strrchr(name, '.');
		if (end && strcmp(end, ".pem") == 0)
			list_push(paths, a, path_join(a, folder, name));
	}
	return MS_OK;
}

int trust_own_list(struct arena *a, struct list *paths, struct err *e)
{
	struct list found = { 0 };

	int rc = list_pem(keys_folder(a), a, &found, e);
	if (rc == MS_OK)
		*paths = found;
	return rc;
}

/* This person's key of a role; -MS_ENOENT if there is none. */
static int read_own(enum trust_role role, struct arena *a, struct trusted *t, struct err *e)
{
	const char *path;

	int rc = trust_own(role, false, a, &path, e);
	if (rc < 0)
		return rc;

	*t = (struct trusted){ .role = role, .path = path, .own = true,
			       .label = arena_printf(a, "your %s key", trust_role_name(role)) };
	return key_open_public(path, a, &t->key, e);
}

static int read_trusted(const char *path, struct arena *a, struct trusted *t, struct err *e)
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
		err_set(e, -MS_EFORMAT, "the key in '%s' is another than its name says", path);
		return err_fix(e, "remove that file, and trust the key anew: ms key trust FILE");
	}
	*t = read;
	return MS_OK;
}

static void warn_of(const struct err *e)
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

	int rc = read_own(role, a, t, &e);
	if (rc < 0 && rc != -MS_ENOENT)
		warn_of(&e);
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
		return read_trusted(path, a, t, e);
	if (is_own(kid, role == TRUST_DEVELOPER ? TRUST_INTEGRATOR : TRUST_DEVELOPER, a, t))
		return MS_OK;
	err_set(e, -MS_ESIGNATURE, "the key %s is not trusted", key_kid_text(kid, a));
	return err_fix(e, "if you believe its owner: ms key trust FILE --role %s", trust_role_name(role));
}

int trust_find(const uint8_t kid[COSE_KID_SIZE], enum trust_role role, const char *vendor,
	       struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted t;

	int rc = find_any(kid, role, a, &t, e);
	if (rc < 0)
		return rc;
	if (t.role != role)
		return err_set(e, -MS_ESIGNATURE, "the key %s is trusted as %s, not as %s", key_kid_text(kid, a),
			       trust_role_name(t.role), trust_role_name(role));
	if (vendor && t.vendor && strcmp(vendor, t.vendor) != 0)
		return err_set(e, -MS_ESIGNATURE, "the key %s may sign for '%s', not for '%s'", key_kid_text(kid, a),
			       t.vendor, vendor);

	*out = t;
	return MS_OK;
}

static void push(struct list *all, const struct trusted *t, struct arena *a)
{
	struct trusted *copy = arena_new(a, struct trusted);

	*copy = *t;
	list_push(all, a, copy);
}

int trust_list(struct arena *a, struct list *all, struct err *e)
{
	struct list found = { 0 }, paths = { 0 };
	struct trusted t;
	struct err bad;

	for (int role = 0; role < TRUST_ROLE_COUNT; role++) {
		if (has_own((enum trust_role)role, a, &t))
			push(&found, &t, a);
	}
	int rc = list_pem(trust_folder(a), a, &paths, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < paths.count; i++) {
		if (read_trusted(paths.at[i], a, &t, &bad) == MS_OK)
			push(&found, &t, a);
		else
			warn_of(&bad);
	}
	*all = found;
	return MS_OK;
}

int trust_add(struct trusted *t, struct arena *a, struct err *e)
{
	const char *path = trust_path(t->key.kid, a);
	struct bytes content;

	int rc = trust_file_write(t, a, &content, e);
	if (rc == MS_OK)
		rc = file_make_folders(trust_folder(a), a, e);
	if (rc == MS_OK)
		rc = file_update(path, content, 0644, a, NULL, e);
	if (rc == MS_OK)
		t->path = path;
	return rc;
}

int trust_remove(const uint8_t kid[COSE_KID_SIZE], struct arena *a, struct err *e)
{
	const char *path = trust_path(kid, a);

	if (!file_exists(path))
		return err_set(e, -MS_ENOENT, "the key %s is not among the trusted ones", key_kid_text(kid, a));
	return file_remove(path, e);
}
