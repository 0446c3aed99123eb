/* SPDX-License-Identifier: Apache-2.0 */
#include "known.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client.h"
#include "file.h"
#include "folders.h"
#include "schema.h"
#include "token.h"
#include "yaml_tree.h"

static const char *folder(struct arena *a)
{
	return path_join(a, folder_config(a), "stores");
}

static const char *without_slash(const char *url, struct arena *a)
{
	size_t size = strlen(url);

	while (size && url[size - 1] == '/')
		size--;
	return arena_printf(a, "%.*s", (int)size, url);
}

/* "https%3A%2F%2Fstore.example.org,example.org": a name that is one file's, and leads nowhere else. */
static const char *file_of(const char *url, const char *publisher, struct arena *a)
{
	const char *name = client_escape(without_slash(url, a), a);

	return path_join(a, folder(a), publisher ? arena_printf(a, "%s,%s", name, client_escape(publisher, a)) : name);
}

static struct known *of_file(const char *name, struct arena *a)
{
	struct known *k = arena_new(a, struct known);
	size_t size = strcspn(name, ",");

	*k = (struct known){ .url = client_unescape(arena_printf(a, "%.*s", (int)size, name), a), .publisher = name[size] ? client_unescape(name + size + 1, a) : NULL };
	return k;
}

static int check_token(const char *token, struct err *e)
{
	if (token_is_one(TOKEN_OF_STORE, token))
		return MS_OK;
	err_set(e, ERR_STORE_LOGIN, "this is no token of a store");
	return err_fix(e, "a token begins with '%s' and ends on a checksum: take it whole, as 'ms token create' gave it", token_prefix(TOKEN_OF_STORE));
}

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "url", offsetof(struct known, url), .required = true, .max = 500, .example = "https://store.example.org", .doc = "where it is" },
	{ SCHEMA_TEXT, "ca", offsetof(struct known, ca), .max = 4096, .example = "/home/ann/store.pem", .doc = "authorities of its certificate" },
	{ SCHEMA_TEXT, "token", offsetof(struct known, token), .check = check_token, .example = "ms_...", .doc = "this person's" },
	{ .type = SCHEMA_END }
};

static int check_mode(const char *path, const struct stat *s, struct err *e)
{
	if (!S_ISREG(s->st_mode) || !(s->st_mode & 077))
		return MS_OK;
	err_set(e, ERR_STORE_LOGIN, "others may read '%s', in which a token stands (mode %04o)", path, s->st_mode & 07777);
	return err_fix(e, "chmod 600 '%s'; if others can have read it, end the token: ms token revoke", path);
}

static int read_one(const char *url, const char *publisher, struct arena *a, struct known *out, struct err *e)
{
	const char *path = file_of(url, publisher, a);
	struct schema_places places = { 0 };
	struct known k = { .publisher = publisher };
	struct bytes text;
	struct stat s;

	if (stat(path, &s))
		return errno == ENOENT ? 0 : err_errno(e, "cannot open '%s'", path);
	int rc = check_mode(path, &s, e);
	if (rc >= 0)
		rc = file_read(path, YAML_SIZE_MAX, a, &text, e);
	if (rc >= 0)
		rc = schema_read(text, path, rows, a, &k, &places, e);
	if (rc < 0)
		return rc;
	*out = k;
	return 1;
}

int known_list(const char *url, struct arena *a, struct list *out, struct err *e)
{
	const char *wanted = url ? without_slash(url, a) : NULL;
	struct list names = { 0 };
	int rc = file_is_folder(folder(a)) ? file_list(folder(a), a, &names, e) : MS_OK;

	for (size_t i = 0; rc >= 0 && i < names.count; i++) {
		struct known *k = of_file(names.at[i], a);

		if (!wanted || !strcmp(k->url, wanted))
			list_push(out, a, k);
	}
	return rc;
}

/* The only one; of several it is not said which. */
static int find_any(const char *url, struct arena *a, struct known *out, struct err *e)
{
	struct list all = { 0 };

	int rc = known_list(url, a, &all, e);
	if (rc < 0 || !all.count)
		return rc < 0 ? rc : 0;
	const struct known *first = all.at[0];
	rc = read_one(url, first->publisher, a, out, e);
	if (rc == 1 && all.count > 1) {
		out->token = out->publisher = NULL;
		return 0;
	}
	return rc;
}

int known_find(const char *url, const char *publisher, struct arena *a, struct known *out, struct err *e)
{
	const char *const good[] = { publisher, NULL, KNOWN_ADMINISTRATOR };
	int rc = 0;

	for (size_t i = 0; publisher && !rc && i < sizeof(good) / sizeof(*good); i++)
		rc = read_one(url, good[i], a, out, e);
	if (rc || !publisher)
		return rc ? rc : find_any(url, a, out, e);
	rc = find_any(url, a, out, e);
	if (rc < 0)
		return rc;
	out->token = out->publisher = NULL;	/* somebody else's */
	return 0;
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

int known_keep(const struct known *k, struct arena *a, struct err *e)
{
	const char *path = file_of(k->url, k->publisher, a);
	struct text t = { 0 };

	add(&t, a, "url", k->url);
	add(&t, a, "ca", k->ca);
	add(&t, a, "token", k->token);
	int rc = file_make_folders(folder(a), a, e);
	return rc < 0 ? rc : file_replace(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0600, a, e);
}

int known_forget(const char *url, struct arena *a, struct err *e)
{
	struct list all = { 0 };

	int rc = known_list(url, a, &all, e);
	for (size_t i = 0; rc >= 0 && i < all.count; i++)
		rc = file_remove(file_of(url, ((const struct known *)all.at[i])->publisher, a), e);
	if (rc < 0 || all.count)
		return rc;
	err_set(e, ERR_STORE_LOGIN, "you are not logged in to '%s'", url);
	return err_fix(e, "see 'ms login' for those that you are");
}

/* Who forgot where the token comes from has typed no wrong one. */
static int refuse_empty(const char *from, struct err *e)
{
	err_set(e, ERR_STORE_LOGIN, "%s has no token: its first line is empty", from);
	return err_fix(e, "ms login URL --token-file FILE, or ms login URL --claim VENDOR for one by your developer key");
}

static int read_line(int fd, const char *from, struct arena *a, const char **token, struct err *e)
{
	char line[TOKEN_SIZE_MAX + 3];
	size_t size = 0;

	while (size < sizeof(line) - 1) {
		ssize_t n = read(fd, line + size, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "cannot read %s", from);
		if (!n || line[size] == '\n')
			break;
		size++;
	}
	line[size] = '\0';
	if (size && line[size - 1] == '\r')
		line[size - 1] = '\0';
	*token = arena_printf(a, "%s", line);
	explicit_bzero(line, sizeof(line));
	return **token ? check_token(*token, e) : refuse_empty(from, e);
}

int known_read_token(const char *path, struct arena *a, const char **token, struct err *e)
{
	struct stat s;

	if (!path)
		return read_line(STDIN_FILENO, "standard input", a, token, e);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &s)) {
		int rc = err_errno(e, "cannot open '%s'", path);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	int rc = check_mode(path, &s, e);
	if (rc >= 0)
		rc = read_line(fd, arena_printf(a, "'%s'", path), a, token, e);
	close(fd);
	return rc;
}
