/* SPDX-License-Identifier: Apache-2.0 */
#include "archive_signing.h"

#include <string.h>

#include "identity.h"

int signing_good(const struct archive_signing *s, const char *what, const char *text)
{
	return find_add(s->findings, what, MS_OK, text);
}

int signing_refuse(const struct archive_signing *s, const char *what, int code, const char *text)
{
	if (code != -MS_EINCOMPATIBLE)
		code = -MS_ESIGNATURE;
	find_add(s->findings, what, code, text);
	return err_set(s->e, code == -MS_EINCOMPATIBLE ? code : s->refused, "'%s' is refused: %s", s->path, text);
}

int signing_refuse_container(const struct archive_signing *s, const struct package_iter *it)
{
	return signing_refuse(s, "archive", -MS_ESIGNATURE, arena_printf(s->a, "%s (at byte %zu)", package_fault_text(it->fault), it->fault_at));
}

/* A key that is not known decides nothing, a wrong signature by a known one is an attack. */
static int check(struct archive_signing *s, const struct package_member *m, struct bytes manifest)
{
	struct archive_signer *one = &s->signers[*s->count];
	const char *kid_text = arena_string(s->a, bytes_part(m->name, sizeof("META/sig/") - 1, 2 * COSE_KID_SIZE));
	const char *what = arena_printf(s->a, "signature %s", kid_text);
	const uint8_t *kid;

	if (cose_check(m->content, s->kind, &kid) < 0)
		return signing_refuse(s, what, -MS_ESIGNATURE, arena_printf(s->a, "'%.*s' is not a signature of a package",
								     (int)m->name.size, (const char *)m->name.at));
	memcpy(one->kid, kid, COSE_KID_SIZE);
	if (strcmp(key_kid_text(kid, s->a), kid_text))
		return signing_refuse(s, what, -MS_ESIGNATURE, arena_printf(s->a, "'%.*s' holds the signature of another key",
								     (int)m->name.size, (const char *)m->name.at));
	(*s->count)++;
	one->known = s->trust->find(s->trust->context, kid, TRUST_DEVELOPER, &one->by);
	if (!one->known) {
		find_add(s->findings, what, -MS_ENOENT, one->by.revoked ? one->by.revoked : "not checked: this key is not trusted here");
		return MS_OK;
	}
	if (key_verify(&one->by.key, s->kind, manifest, m->content) < 0)
		return signing_refuse(s, what, -MS_ESIGNATURE, arena_printf(s->a, "the signature by key %s (%s) is wrong: the package was changed",
								     kid_text, one->by.label));
	one->good = true;
	s->mask |= 1u << (one - s->signers);
	return signing_good(s, what, arena_printf(s->a, "good, by key %s (%s)", kid_text, one->by.label));
}

/* One whose key was revoked is refused for that. */
static int refuse_revoked(const struct archive_signing *s, const char *why)
{
	find_add(s->findings, "trust", -MS_ESIGNATURE, why);
	err_set(s->e, ERR_REVOKED, "'%s' is refused: %s", s->path, why);
	return err_fix(s->e, "ask its developer for a package that another key has signed");
}

static int check_trust(const struct archive_signing *s)
{
	struct text kids = { 0 };

	if (s->mask)
		return MS_OK;
	for (uint32_t i = 0; i < *s->count; i++)
		if (s->signers[i].by.revoked)
			return refuse_revoked(s, s->signers[i].by.revoked);
	for (uint32_t i = 0; i < *s->count; i++)
		text_add(&kids, s->a, "%s%s", i ? ", " : "", key_kid_text(s->signers[i].kid, s->a));
	signing_refuse(s, "trust", -MS_ESIGNATURE, arena_printf(s->a, "no key that signed it is trusted here (signed by %s)", kids.at ? kids.at : "nobody"));
	return err_fix(s->e, "get the author's public key from a source you believe, then 'ms key trust FILE', or give it with --key");
}

int signing_members(struct archive_signing *s, struct package_iter *it, struct bytes manifest, struct package_member *next, bool *has_next)
{
	while ((*has_next = package_next(it, next)) && next->kind == PACKAGE_IS_SIGNATURE) {
		int rc = check(s, next, manifest);
		if (rc < 0)
			return rc;
	}
	if (!*has_next && it->fault)
		return signing_refuse_container(s, it);
	return check_trust(s);
}

/* A key that is believed for one vendor says nothing about another's services. */
int signing_vendor(struct archive_signing *s, const struct manifest *m)
{
	struct bytes vendor = identity_vendor(m);
	const char *allowed = NULL;

	for (uint32_t i = 0; i < *s->count; i++) {
		const char *only = s->signers[i].by.vendor;

		if (!(s->mask >> i & 1) || !only || bytes_equal(vendor, (struct bytes){ (const uint8_t *)only, strlen(only) }))
			continue;
		s->mask &= ~(1u << i);
		allowed = only;
	}
	if (s->mask)
		return MS_OK;
	return signing_refuse(s, "vendor", -MS_ESIGNATURE, arena_printf(s->a, "its key is trusted for services of '%s' only, not of '%.*s'",
								allowed, (int)vendor.size, (const char *)vendor.at));
}

const struct archive_signer *signing_by(const struct archive_signing *s)
{
	for (uint32_t i = 0; i < *s->count; i++)
		if (s->mask >> i & 1)
			return &s->signers[i];
	return NULL;
}
