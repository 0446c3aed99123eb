/* SPDX-License-Identifier: Apache-2.0 */
#include "storekey.h"

#include <string.h>

#include "file.h"
#include "out.h"
#include "storebelief.h"
#include "storetrust.h"

static void tell(const struct note_key *k, struct arena *a)
{
	out_event("store_key", json_pack("{s:o, s:s}", "log", out_string(k->name), "key", note_key_write(k, a)));
}

int storekey_trust(const char *word, struct arena *a, struct err *e)
{
	struct note_key k;

	int rc = storebelief_read(word, a, &k, e);
	if (rc == MS_OK)
		rc = storetrust_add(&k, a, e);
	if (rc < 0)
		return rc;
	out_say("the log '%s' is trusted by the key %08x", k.name, (unsigned)k.id);
	tell(&k, a);
	return MS_OK;
}

int storekey_untrust(const char *word, struct arena *a, struct err *e)
{
	int rc = storetrust_remove(word, a, e);

	if (rc == MS_OK)
		out_say("the log '%s' is not trusted any more", word);
	return rc;
}

int storekey_list(struct arena *a, struct err *e)
{
	struct list keys = { 0 };

	int rc = storetrust_list(a, &keys, e);
	for (size_t i = 0; rc == MS_OK && i < keys.count; i++) {
		const struct note_key *k = keys.at[i];
		out_line("%s%08x%s          store        %s", out_bold(), (unsigned)k->id, out_reset(), note_key_write(k, a));
		tell(k, a);
	}
	return rc < 0 ? rc : (int)keys.count;
}
