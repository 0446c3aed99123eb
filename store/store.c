/* SPDX-License-Identifier: Apache-2.0 */
#include "store.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "oci.h"
#include "out.h"
#include "release.h"
#include "storefault.h"
#include "token.h"

static int say_other(const struct store *s, const char *has, const char *wanted, struct err *e)
{
	err_set(e, ERR_STORE_FOLDER, "the store in '%s' is called '%s', not '%s'", s->folder, has, wanted);
	return err_fix(e, "leave --name out: a store keeps the name that it was made with");
}

/* Key first, then the name, which says that the key is there. */
static int make_identity(struct store *s, const char *name, const char *key, const char *file, struct arena *a, struct err *e)
{
	int rc = file_exists(key) ? MS_OK : ed25519_create(key, a, e);

	storefault("key made, name not");
	if (rc >= 0)
		rc = ed25519_open(key, a, &s->key, e);
	if (rc < 0)
		return rc;
	s->name = name ? arena_printf(a, "%s", name) : arena_printf(a, "ms-store/%s", release_hex(ed25519_public_of(s->key), 8, a));
	if (!note_name_ok((struct bytes){ (const uint8_t *)s->name, strlen(s->name) })) {
		err_set(e, ERR_STORE_FOLDER, "'%s' cannot be the name of a store", s->name);
		return err_fix(e, "printable ASCII without blanks and '+', as in store.example.org");
	}
	s->is_new = true;
	const char *line = arena_printf(a, "%s\n", s->name);
	return file_replace(file, (struct bytes){ (const uint8_t *)line, strlen(line) }, 0644, a, e);
}

static int read_identity(struct store *s, const char *name, const char *key, const char *file, struct arena *a, struct err *e)
{
	struct bytes text;

	int rc = file_read(file, NOTE_NAME_MAX + 1, a, &text, e);
	if (rc < 0)
		return rc;
	const char *has = arena_printf(a, "%.*s", (int)strcspn((const char *)text.at, "\n"), (const char *)text.at);
	s->name = has;
	return name && strcmp(name, has) ? say_other(s, has, name, e) : ed25519_open(key, a, &s->key, e);
}

static int open_identity(struct store *s, const char *name, struct arena *a, struct err *e)
{
	const char *key = path_join(a, s->folder, "store.key"), *file = path_join(a, s->folder, "name");

	return file_exists(file) ? read_identity(s, name, key, file, a, e) : make_identity(s, name, key, file, a, e);
}

/* Kept before it is shown: one that is nowhere is nobody's. */
int store_add_admin(struct store *s, const char *file, struct arena *a, const char **id, struct err *e)
{
	const char *token = token_make(TOKEN_OF_STORE, a), *line = arena_printf(a, "%s\n", token), *hash = token_hash(token, a);
	struct db_token t = { .hash = hash, .publisher = "", .scopes = DB_SCOPE_END - 1, .made = (uint64_t)time(NULL), .ends = INT64_MAX, .label = "administrator" };

	*id = arena_printf(a, "%.12s", hash + strlen(TOKEN_HASH_PREFIX));
	t.account = arena_printf(a, "admin:%s", *id);
	int rc = s->db->token_add(s->db, &t, e);
	storefault("administrator's token kept, not written");
	return rc < 0 ? rc : file_replace(file, (struct bytes){ (const uint8_t *)line, strlen(line) }, 0600, a, e);
}

static int make_admin(struct store *s, struct arena *a, struct err *e)
{
	const char *file = path_join(a, s->folder, "admin-token"), *id;

	return file_exists(file) ? MS_OK : store_add_admin(s, file, a, &id, e);
}

/* Whose log it is: the first entry. */
static int begin_log(struct store *s, struct arena *a, struct err *e)
{
	struct leaf l = { .kind = LEAF_STORE, .time = (uint64_t)time(NULL), .origin = leaf_text(s->name), .log_key = { ed25519_public_of(s->key), ED25519_PUBLIC_SIZE } };
	struct bytes entry;
	uint64_t first;

	if (log_size(s->log))
		return MS_OK;
	storefault("log made, first entry not");
	int rc = leaf_write(&l, a, &entry, e);
	return rc < 0 ? rc : log_append(s->log, &entry, 1, &first, e);
}

static int open_parts(struct store *s, struct arena *a, struct err *e)
{
	const char *incoming = path_join(a, s->folder, "incoming");

	int rc = log_open(s->folder, s->name, s->key, &s->log, e);
	if (rc >= 0)
		rc = file_remove_tree(incoming, e);
	if (rc >= 0)
		rc = file_make_folders(incoming, a, e);
	if (rc >= 0)
		rc = blobs_folder(&s->blobs, s->folder, e);
	if (rc >= 0)
		rc = s->blobs.add(&s->blobs, oci_empty_digest(a), BYTES_LITERAL(OCI_EMPTY), e);
	if (rc >= 0)
		rc = db_sqlite(a, s->folder, true, &s->db, e);
	if (rc >= 0)
		rc = begin_log(s, a, e);
	if (rc >= 0)
		rc = make_admin(s, a, e);
	return rc;
}

int store_open(struct store *s, const char *folder, const char *name, struct arena *a, struct err *e)
{
	*s = (struct store){ .folder = path_absolute(a, folder) };
	int rc = file_make_folders(s->folder, a, e);
	if (rc >= 0)
		rc = open_identity(s, name, a, e);
	if (rc >= 0)
		rc = open_parts(s, a, e);
	if (rc >= 0)
		rc = store_catch_up(s, e);
	if (rc >= 0)
		rc = store_index_catch_up(s, e);
	if (rc < 0)
		store_close(s);
	return rc < 0 ? rc : MS_OK;
}

int store_leaf(struct store *s, uint64_t index, struct arena *a, struct leaf *out, struct err *e)
{
	uint64_t size = log_size(s->log);
	const struct store_coming *coming = index < size ? NULL : s->coming;
	struct bytes entry;
	int rc = MS_OK;

	if (coming && index - size < coming->count)
		entry = arena_copy(a, coming->at[index - size]);
	else
		rc = log_entry(s->log, index, a, &entry, e);
	return rc < 0 ? rc : leaf_read(entry, a, out, e);
}

void store_close(struct store *s)
{
	if (s->db)
		s->db->close(s->db);
	log_close(s->log);
	ed25519_close(s->key);
	s->db = NULL;
	s->log = NULL;
	s->key = NULL;
}
