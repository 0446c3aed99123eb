/* SPDX-License-Identifier: Apache-2.0 */
#include "remote.h"

#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "folders.h"
#include "name.h"
#include "schema.h"
#include "token.h"
#include "yaml_tree.h"

enum { PIN_SIZE = 8 + 44 };

static int check_pin(const char *text, struct err *e)
{
	if (!strncmp(text, "sha256//", 8) && strlen(text) == PIN_SIZE)
		return MS_OK;
	err_set(e, ERR_RIG_REMOTE, "'%s' is no pin of a certificate", text);
	return err_fix(e, "it is what 'ms rig serve' said at its start: sha256//...");
}

int remote_check_url(const char *url, struct err *e)
{
	bool is_unix = !strncmp(url, "unix:", 5) && url[5], is_https = !strncmp(url, "https://", 8) && url[8];

	if ((is_unix || is_https) && !strpbrk(url, is_https ? "@?# \\\"" : "\n"))
		return MS_OK;
	err_set(e, ERR_RIG_REMOTE, "'%s' is no address of a rig", url);
	return err_fix(e, "write https://HOST:PORT, or unix:PATH");
}

int remote_check_token(const char *token, struct err *e)
{
	if (token_is_one(TOKEN_OF_RIG, token))
		return MS_OK;
	err_set(e, ERR_RIG_REMOTE, "this is no token of a rig");
	return err_fix(e, "a token is '%s' and 64 digits; who runs the rig makes one: ms rig token NAME", token_prefix(TOKEN_OF_RIG));
}

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "url", offsetof(struct remote, url), .required = true, .check = remote_check_url, .example = "https://rig.example:7443", .doc = "where it is" },
	{ SCHEMA_TEXT, "pin", offsetof(struct remote, pin), .check = check_pin, .example = "sha256//...", .doc = "of its certificate" },
	{ SCHEMA_TEXT, "token", offsetof(struct remote, token), .check = remote_check_token, .example = "msr_...", .doc = "this person's" },
	{ .type = SCHEMA_END }
};

static const char *file_of(const char *name, struct arena *a)
{
	return path_join(a, path_join(a, folder_config(a), "rigs"), name);
}

int remote_decode(struct bytes text, const char *file, struct arena *a, struct remote *out, struct err *e)
{
	struct schema_places places = { 0 };
	struct remote r = { 0 };

	int rc = schema_read(text, file, rows, a, &r, &places, e);
	if (rc >= 0)
		*out = r;
	return rc;
}

static int check_mode(const char *path, struct err *e)
{
	struct stat s;

	if (stat(path, &s) || !(s.st_mode & 077))
		return MS_OK;
	err_set(e, ERR_RIG_REMOTE, "others may read '%s', in which a token stands", path);
	return err_fix(e, "chmod 600 '%s'", path);
}

static int read_file(const char *name, struct arena *a, struct remote *out, struct err *e)
{
	const char *path = file_of(name, a);
	struct bytes text;

	if (!file_exists(path)) {
		err_set(e, ERR_RIG_UNKNOWN, "no rig is called '%s' here", name);
		return err_fix(e, "ms rig login %s URL", name);
	}
	int rc = check_mode(path, e);
	if (rc >= 0)
		rc = file_read(path, YAML_SIZE_MAX, a, &text, e);
	if (rc >= 0)
		rc = remote_decode(text, path, a, out, e);
	return rc;
}

int remote_find(const char *name, struct arena *a, struct remote *out, struct err *e)
{
	struct remote r = { .name = name, .url = name };
	int rc;

	if (strchr(name, ':'))
		rc = remote_check_url(name, e);
	else
		rc = name_check(name, e);
	if (rc >= 0 && !strchr(name, ':'))
		rc = read_file(name, a, &r, e);
	r.name = name;
	if (rc >= 0)
		*out = r;
	return rc;
}

int remote_names(struct arena *a, struct list *names, struct err *e)
{
	const char *folder = path_join(a, folder_config(a), "rigs");

	return file_is_folder(folder) ? file_list(folder, a, names, e) : MS_OK;
}

/* As YAML, in quotes. */
static void add(struct text *t, struct arena *a, const char *key, const char *value)
{
	if (!value)
		return;
	text_add(t, a, "%s: '", key);
	for (; *value; value++)
		text_add(t, a, *value == '\'' ? "''" : "%c", *value);
	text_add(t, a, "'\n");
}

int remote_keep(const struct remote *r, struct arena *a, struct err *e)
{
	const char *path = file_of(r->name, a);
	struct text t = { 0 };

	add(&t, a, "url", r->url);
	add(&t, a, "pin", r->pin);
	add(&t, a, "token", r->token);
	int rc = r->pin ? check_pin(r->pin, e) : MS_OK;
	if (rc >= 0)
		rc = file_make_folders(path_folder(a, path), a, e);
	return rc < 0 ? rc : file_replace(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0600, a, e);
}

int remote_forget(const char *name, struct arena *a, struct err *e)
{
	struct remote r;

	int rc = name_check(name, e);
	if (rc >= 0)
		rc = read_file(name, a, &r, e);
	return rc < 0 ? rc : file_remove(file_of(name, a), e);
}

void remote_split(const char *text, struct arena *a, const char **name, const char **board)
{
	const char *at = strchr(text, ':') ? strrchr(text, '!') : strchr(text, '/');

	*name = at ? arena_printf(a, "%.*s", (int)(at - text), text) : text;
	*board = at && at[1] ? at + 1 : NULL;
}
