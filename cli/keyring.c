/* SPDX-License-Identifier: Apache-2.0 */
#include "keyring.h"

#include <string.h>

#include "file.h"
#include "keyopen.h"
#include "keytoken.h"
#include "out.h"

static bool same_key(const struct trusted *one, const struct key_public *two)
{
	return memcmp(one->key.thumbprint, two->thumbprint, sizeof(two->thumbprint)) == 0;
}

const char *keyring_name(const char *path, struct arena *a)
{
	const char *name = path_name(path), *end = strrchr(name, '.');
	size_t size = end && strcmp(end, ".pem") == 0 ? (size_t)(end - name) : strlen(name);

	return arena_string(a, (struct bytes){ (const uint8_t *)name, size });
}

/* Mark the trusted key as own, or add the own key as one that is not trusted. */
static void add_own(struct list *all, const char *path, struct arena *a)
{
	struct trusted *own = arena_new(a, struct trusted);
	struct err e;

	*own = (struct trusted){ .role = TRUST_ROLE_COUNT, .label = keyring_name(path, a), .path = path, .own = true };
	if (keyopen_public(path, a, &own->key, &e) < 0) {
		out_warn("%s", e.text);
		return;
	}
	for (size_t i = 0; i < all->count; i++) {
		struct trusted *t = all->at[i];
		if (same_key(t, &own->key)) {
			t->own = true;
			t->path = path;
			return;
		}
	}
	list_push(all, a, own);
}

int keyring_list(struct list *all, struct arena *a, struct err *e)
{
	struct list paths = { 0 };

	int rc = trust_list(a, all, e);
	if (rc == MS_OK)
		rc = trust_own_list(a, &paths, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < paths.count; i++) {
		const char *name = keyring_name(paths.at[i], a);
		/* These two are among the trusted, or have been warned of. */
		if (strcmp(name, "developer") != 0 && strcmp(name, "integrator") != 0)
			add_own(all, paths.at[i], a);
	}

	return MS_OK;
}

static const struct trusted *with_kid(const struct list *all, const uint8_t kid[COSE_KID_SIZE])
{
	for (size_t i = 0; i < all->count; i++) {
		const struct trusted *t = all->at[i];
		if (memcmp(t->key.kid, kid, COSE_KID_SIZE) == 0)
			return t;
	}

	return NULL;
}

/* Open what a word means that is no known key's number. */
static int open_named(const char *word, struct arena *a, struct trusted *t, struct err *e)
{
	struct err no_name;

	if (keytoken_is(word)) {
		t->path = word;
		return keyopen_public(word, a, &t->key, e);
	}
	t->own = trust_own_path(word, a, &t->path, &no_name) == MS_OK && file_exists(t->path);
	if (!t->own)
		t->path = word;
	if (!file_exists(t->path)) {
		err_set(e, ERR_NO_KEY, "there is no key '%s'", word);
		return err_fix(e, "'ms key list' shows what there is, 'ms key new NAME' makes one");
	}

	return keyopen_public(t->path, a, &t->key, e);
}

int keyring_find(const char *word, struct arena *a, struct trusted *out, struct err *e)
{
	struct trusted t = { .role = TRUST_ROLE_COUNT, .label = "" };
	struct list all = { 0 };
	struct err unnamed;
	uint8_t kid[COSE_KID_SIZE];

	bool is_kid = key_kid_parse(word, kid) == MS_OK;
	int rc = open_named(word, a, &t, &unnamed);
	if (rc < 0 && !is_kid) {
		*e = unnamed;
		return rc;
	}
	if (rc == MS_OK)
		memcpy(kid, t.key.kid, sizeof(kid));
	bool opened = rc == MS_OK;
	rc = keyring_list(&all, a, e);
	if (rc < 0)
		return rc;

	const struct trusted *known = with_kid(&all, kid);
	if (!known && !opened) {
		*e = unnamed;
		return e->code;
	}
	*out = known && (!opened || same_key(known, &t.key)) ? *known : t;
	return MS_OK;
}
