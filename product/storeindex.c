/* SPDX-License-Identifier: Apache-2.0 */
#include "storeindex.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "release.h"

const char *storeindex_path(const char *publisher, const char *name, struct arena *a)
{
	char four[5] = "----";

	for (size_t i = 0; i < 4 && name[i]; i++)
		four[i] = name[i];
	return arena_printf(a, "index/%.2s/%s/%s/%s", four, four + 2, publisher, name);
}

const char *storeindex_blob(struct bytes sha256, struct arena *a)
{
	return arena_printf(a, "blobs/sha256/%s", release_hex(sha256.at, sha256.size, a));
}

bool storeindex_shows(enum leaf_state state)
{
	return state != LEAF_STAGED && state != LEAF_HELD && state != LEAF_REJECTED;
}

bool storeindex_offers(enum leaf_state state)
{
	return state == LEAF_LIVE || state == LEAF_DEPRECATED || state == LEAF_YANKED;
}

/* The text of an object in the order in which it was made; takes it. */
static struct bytes text_of(json_t *o, struct arena *a)
{
	char *text = json_dumps(o, JSON_COMPACT);
	struct bytes copy = arena_copy(a, (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 });

	free(text);
	json_decref(o);
	return copy;
}

struct bytes storeindex_config(const struct note_key *store, struct arena *a)
{
	struct text t = { 0 };

	struct bytes o = text_of(json_pack("{s:i, s:s, s:s, s:s, s:s}", "version", 1, "log", store->name, "key", note_key_write(store, a),
					   "index", "index/{name:0:2}/{name:2:2}/{publisher}/{name}", "blobs", "blobs/sha256/{package}"), a);
	text_add_bytes(&t, a, o);
	text_add(&t, a, "\n");
	return (struct bytes){ (uint8_t *)t.at, t.size };
}
