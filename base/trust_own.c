/* SPDX-License-Identifier: Apache-2.0 */
#include "trust_own.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "folders.h"
#include "out.h"

enum { NAME_SIZE_MAX = 64 };

static const char *keys_folder(struct arena *a)
{
	return path_join(a, folder_config(a), "keys");
}

static bool is_name(const char *name)
{
	size_t size = strlen(name);

	if (size == 0 || size > NAME_SIZE_MAX || !isalnum((unsigned char)name[0]))
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return false;
	return true;
}

int trust_own_path(const char *name, struct arena *a, const char **path, struct err *e)
{
	if (!is_name(name)) {
		err_set(e, ERR_KEY_FACTS, "'%s' cannot be the name of a key", name);
		return err_fix(e, "use at most %d letters, digits, '-', '_' and '.', the first a letter or digit", NAME_SIZE_MAX);
	}
	*path = path_join(a, keys_folder(a), arena_printf(a, "%s.pem", name));
	return MS_OK;
}

/* In a folder for us alone, as secrets are kept. */
static int create_own(const char *path, trust_create *create, struct arena *a, struct err *e)
{
	const char *folder = keys_folder(a);

	int rc = file_make_folders(folder_config(a), a, e);
	int why = rc == MS_OK && mkdir(folder, 0700) ? errno : 0;

	if (why && !file_is_folder(folder)) {
		errno = why == EEXIST ? ENOTDIR : why;
		rc = err_errno(e, "cannot make folder '%s'", folder);
	}
	return rc == MS_OK ? create(path, a, e) : rc;
}

static int make_own(enum trust_role role, const char *path, struct arena *a, struct err *e)
{
	static const char *const what[] = {
		[TRUST_DEVELOPER] = "a development key, which signs what you build",
		[TRUST_INTEGRATOR] = "a development key, which signs what your emulated boards run",
	};

	int rc = create_own(path, key_create, a, e);
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
			err_set(e, ERR_NO_KEY, "there is no %s key yet ('%s')", name, file);
			rc = err_fix(e, "make one: ms key new %s", name);
		}
	}
	if (rc == MS_OK)
		*path = file;
	return rc;
}

int own_list_pem(const char *folder, struct arena *a, struct list *paths, struct err *e)
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

	int rc = own_list_pem(keys_folder(a), a, &found, e);
	if (rc == MS_OK)
		*paths = found;
	return rc;
}

int own_read(enum trust_role role, struct arena *a, struct trusted *t, struct err *e)
{
	const char *path;

	int rc = trust_own(role, false, a, &path, e);
	if (rc < 0)
		return rc;

	*t = (struct trusted){ .role = role, .path = path, .own = true,
			       .label = arena_printf(a, "your %s key", trust_role_name(role)) };
	return key_open_public(path, a, &t->key, e);
}

/* A role's own key is believed for that role by its name alone. */
static int check_name_of_role(const char *name, const struct trusted *t, bool *of_role, struct err *e)
{
	*of_role = false;
	for (int role = 0; role < TRUST_ROLE_COUNT; role++)
		if (strcmp(name, trust_role_name((enum trust_role)role)) == 0)
			*of_role = true;
	if (!*of_role || (strcmp(name, trust_role_name(t->role)) == 0 && !t->vendor))
		return MS_OK;
	err_set(e, ERR_KEY_FACTS, "the key '%s' can have no other role, and no vendor", name);
	return err_fix(e, "choose another name for that key");
}

int trust_new(const char *name, struct trusted *t, trust_create *create, struct arena *a, struct err *e)
{
	const char *path;
	bool of_role;

	int rc = trust_own_path(name, a, &path, e);
	if (rc == MS_OK)
		rc = check_name_of_role(name, t, &of_role, e);
	if (rc == MS_OK)
		rc = create_own(path, create, a, e);
	if (rc == -MS_EEXIST)
		err_fix(e, "choose another name, or use that key: ms key show %s", name);
	if (rc == MS_OK && of_role)
		return own_read(t->role, a, t, e);
	if (rc == MS_OK)
		rc = key_open_public(path, a, &t->key, e);
	if (rc == MS_OK)
		rc = trust_add(t, a, e);
	if (rc < 0)
		return rc;

	t->path = path;
	t->own = true;
	return MS_OK;
}
