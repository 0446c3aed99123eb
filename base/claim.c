/* SPDX-License-Identifier: Apache-2.0 */
#include "claim.h"

#include <string.h>

#include "fact.h"
#include "trust.h"

static const char first_line[] = "# A claim of a name space (ms publish).\n";
static const char key_ends[] = "-----END PUBLIC KEY-----\n";

/* All that is signed. */
static int write_facts(const struct claim *c, struct arena *a, struct text *t, struct err *e)
{
	char *pem;

	if (!trust_is_fact(c->store) || !trust_is_fact(c->at) || !trust_is_fact(c->vendor) || !trust_is_fact(c->nonce))
		return err_set(e, ERR_CLAIM, "the facts of a claim are one printable line each");
	int rc = key_public_pem(&c->key, a, &pem, e);
	if (rc >= 0)
		text_add(t, a, "%s# store: %s\n# at: %s\n# vendor: %s\n# nonce: %s\n%s", first_line, c->store, c->at, c->vendor, c->nonce, pem);
	return rc;
}

static void write_signature(const struct claim *c, struct arena *a, struct text *t)
{
	text_add(t, a, "# signature: ");
	fact_add_hex(t, a, c->block, sizeof(c->block));
	text_add(t, a, "\n");
}

int claim_sign(struct claim *c, const struct key *k, struct arena *a, struct bytes *text, struct err *e)
{
	struct text t = { 0 };

	c->key = *key_public_of(k);
	int rc = write_facts(c, a, &t, e);
	if (rc >= 0)
		rc = key_sign(k, COSE_KIND_CLAIM, (struct bytes){ (uint8_t *)t.at, t.size }, c->block, e);
	if (rc < 0)
		return rc;
	write_signature(c, a, &t);
	*text = (struct bytes){ (uint8_t *)t.at, t.size };
	return MS_OK;
}

static bool take_key(char **at, struct arena *a, struct key_public *out)
{
	char *end = strstr(*at, key_ends);
	struct err why;

	if (!end)
		return false;
	size_t size = (size_t)(end - *at) + sizeof(key_ends) - 1;
	const char *pem = arena_string(a, (struct bytes){ (uint8_t *)*at, size });
	*at += size;
	return key_public_read((struct bytes){ (const uint8_t *)pem, size }, "claim", out, &why) == MS_OK;
}

/* As far as it can be read; whether it is of the form is seen when it is written again. */
static bool take(char *at, struct arena *a, struct claim *c)
{
	if (strncmp(at, first_line, sizeof(first_line) - 1))
		return false;
	at += sizeof(first_line) - 1;
	c->store = fact_take(&at, "store");
	c->at = c->store ? fact_take(&at, "at") : NULL;
	c->vendor = c->at ? fact_take(&at, "vendor") : NULL;
	c->nonce = c->vendor ? fact_take(&at, "nonce") : NULL;
	return c->nonce && take_key(&at, a, &c->key) && fact_from_hex(fact_take(&at, "signature"), c->block, sizeof(c->block));
}

int claim_read(struct bytes text, struct arena *a, struct claim *out, struct err *e)
{
	struct claim c = { 0 };
	struct text again = { 0 };
	struct err why;

	bool whole = text.size && text.size <= CLAIM_SIZE_MAX && !memchr(text.at, '\0', text.size) && take(arena_string(a, text), a, &c) &&
		     write_facts(&c, a, &again, &why) == MS_OK;
	size_t signed_size = again.size;
	if (whole)
		write_signature(&c, a, &again);
	if (!whole || again.size != text.size || memcmp(again.at, text.at, text.size)) {
		err_set(e, ERR_CLAIM, "this is no claim of a name space as ms writes it");
		return err_fix(e, "use 'ms publish', or write it as docs/store.md says");
	}
	if (key_verify(&c.key, COSE_KIND_CLAIM, (struct bytes){ (uint8_t *)again.at, signed_size }, BYTES_OF(c.block)) < 0)
		return err_set(e, ERR_CLAIM_FALSE, "the claim is not signed by the key that it names");
	*out = c;
	return MS_OK;
}
