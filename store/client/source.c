/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "logseen.h"
#include "name.h"
#include "opt.h"
#include "remote_files.h"
#include "storebelief.h"
#include "storeindex.h"
#include "tlog_files.h"

/* Of a service that has ten thousand versions, about. */
enum { CONFIG_SIZE_MAX = 4096, INDEX_SIZE_MAX = 16 << 20, PAGE_SIZE_MAX = 256 << 10, NAMES_MAX = 100 };

static const char *folder_of(const struct store_at *at)
{
	const char *word = at->url ? at->url : getenv("MS_STORE");

	return word && *word && !strstr(word, "://") ? word : NULL;
}

int source_open(const struct store_at *at, struct arena *a, struct source *out, struct err *e)
{
	const char *folder = folder_of(at);

	*out = (struct source){ 0 };
	if (!folder) {
		int rc = connect_store(at, NULL, MAY_BE_ANYBODY, a, &out->connection, e);

		if (rc < 0)
			return rc;
		out->client = out->connection.client;
		out->files = remote_files(out->client);
		return client_show(out->client, NULL, e);	/* all of it is public */
	}
	out->files = storefiles_folder(folder, a);
	return file_exists(path_join(a, folder, "log/checkpoint")) ? MS_OK : storebelief_no_store(&out->files, e);
}

void source_close(struct source *s)
{
	client_close(s->client);
	s->client = NULL;
}

/* The key that the store says it has: for somebody to compare, believed by nobody. */
static const char *said_key(const struct storefiles *from, struct arena *a)
{
	struct bytes config;
	struct err ignored;
	json_t *o = NULL;

	if (from->read(from->context, STOREINDEX_CONFIG, CONFIG_SIZE_MAX, a, &config, &ignored) >= 0)
		o = json_loadb((const char *)config.at, config.size, 0, NULL);
	const char *key = json_string_value(json_object_get(o, "key"));
	const char *copy = key && !strpbrk(key, "'\n") ? arena_printf(a, "%s", key) : "KEY";
	json_decref(o);
	return copy;
}

int source_refuse_unknown(const struct storefiles *from, struct bytes note, struct arena *a, struct err *e)
{
	struct note n;

	/* Whose it is cannot be known of what is none. */
	if (note_read(note, "log/checkpoint", a, &n, e) < 0)
		return e->code;
	err_set(e, ERR_STORE_UNTRUSTED, "no key is trusted for the log of '%s'", from->name);
	return err_fix(e, "ask who runs the store for its key; it says '%s' itself: believe it once by --key, or from now on by: ms key trust --store KEY", said_key(from, a));
}

int source_believe(struct source *s, const char *word, struct arena *a, struct note_key *key, struct bytes *note, struct err *e)
{
	struct tlog_files f = { &s->files };
	struct tlog_tiles t = tlog_files_tiles(&f);
	bool trusted;

	int rc = storebelief_find(&s->files, word, a, note, &trusted, key, e);
	if (rc >= 0 && !trusted)
		return source_refuse_unknown(&s->files, *note, a, e);
	return rc < 0 ? rc : logseen_check(key, *note, &t, a, e);
}

/*
 * The service of that vendor that is meant perhaps, or NULL: their page says which there are, in a store as in a mirror with pages, the first of them at least.
 * What is no name is not shown.
 */
static const char *nearest(struct source *s, const char *vendor, const char *name, struct arena *a)
{
	const char *names[NAMES_MAX], *near;
	struct bytes page = { 0 };
	size_t count = 0, i;
	struct err ignored;
	json_t *one;

	if (s->files.read(s->files.context, arena_printf(a, "publishers/%s.json", vendor), PAGE_SIZE_MAX, a, &page, &ignored) < 0)
		return NULL;
	json_t *o = json_loadb((const char *)page.at, page.size, 0, NULL);
	json_array_foreach(json_object_get(o, "services"), i, one) {
		const char *there = json_string_value(json_object_get(one, "name"));

		if (there && count < NAMES_MAX && name_check(there, &ignored) >= 0)
			names[count++] = there;
	}
	near = opt_nearest(name, names, count);
	near = near ? arena_printf(a, "%s", near) : NULL;
	json_decref(o);
	return near;
}

static int refuse_service(struct source *s, const char *vendor, const char *name, struct arena *a, struct err *e)
{
	const char *near = nearest(s, vendor, name, a);

	err_set(e, ERR_STORE_SERVICE, "'%s' has no service '%s/%s'", s->files.name, vendor, name);
	if (near)
		return err_fix(e, "did you mean '%s/%s'?", vendor, near);
	return err_fix(e, "write vendor and name as their maker does: 'ms search %.2s' finds services of which a word begins so", name);
}

int source_lines(struct source *s, const char *vendor, const char *name, struct arena *a, struct list *out, struct err *e)
{
	struct bytes file;

	int rc = s->files.read(s->files.context, storeindex_path(vendor, name, a), INDEX_SIZE_MAX, a, &file, e);
	if (rc == -MS_ENOENT)
		return refuse_service(s, vendor, name, a, e);
	return rc < 0 ? rc : storeline_file(file, vendor, name, a, out, e);
}
