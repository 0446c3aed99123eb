/* SPDX-License-Identifier: Apache-2.0 */
#include "belief.h"

#include <string.h>

#include "keyopen.h"
#include "out.h"

enum { GIVEN_MAX = sizeof(((struct belief *)0)->given) / sizeof(struct key_public) };

void belief_add(struct belief *b, const struct key_public *k, const char *label)
{
	if (b->given_count == GIVEN_MAX)
		return;
	b->given[b->given_count] = *k;
	b->label[b->given_count++] = label;
}

int belief_init(struct belief *b, const struct list *files, struct arena *a, struct err *e)
{
	*b = (struct belief){ .a = a };
	if (files->count > GIVEN_MAX)
		return err_set(e, ERR_OPERANDS, "at most %d keys can be given", GIVEN_MAX);

	for (size_t i = 0; i < files->count; i++) {
		struct key_public k;

		int rc = keyopen_public(files->at[i], a, &k, e);
		if (rc < 0)
			return rc;
		belief_add(b, &k, files->at[i]);
	}
	return MS_OK;
}

/* Revoked is refused whoever gives it, and by name. */
static bool is_revoked(const struct belief *b, const uint8_t kid[COSE_KID_SIZE], struct believed *out)
{
	struct err why = { 0 };

	int rc = b->folder ? trust_revoked_in(b->folder, kid, b->a, &why) : trust_revoked(kid, b->a, &why);
	if (rc < 0)
		*out = (struct believed){ .revoked = arena_printf(b->a, "%s", why.text) };
	return rc < 0;
}

/* A file in trust/ that is damaged is no reason to believe, and worth a word. */
static bool find_known(const struct belief *b, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	struct trusted t;
	struct err why = { 0 };

	int rc = b->folder ? trust_find_in(b->folder, kid, role, NULL, b->a, &t, &why) : trust_find(kid, role, NULL, b->a, &t, &why);
	if (rc == -MS_EFORMAT)
		trust_warn(&why);
	if (rc < 0)
		return false;

	*out = (struct believed){ .key = t.key, .label = t.label, .vendor = t.vendor };
	return true;
}

static bool find(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct belief *b = context;

	if (is_revoked(b, kid, out))
		return false;
	for (uint32_t i = 0; i < b->given_count; i++) {
		if (memcmp(b->given[i].kid, kid, COSE_KID_SIZE))
			continue;
		*out = (struct believed){ .key = b->given[i], .label = b->label[i] };
		return true;
	}
	return find_known(b, kid, role, out);
}

struct believer belief_of(struct belief *b)
{
	return (struct believer){ find, b };
}
