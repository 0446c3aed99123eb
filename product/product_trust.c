/* SPDX-License-Identifier: Apache-2.0 */
#include "product_trust.h"

#include <string.h>

#include "file.h"
#include "lookalike.h"

static const char *folder_of(const struct product *p, struct arena *a)
{
	return path_join(a, p->root, PRODUCT_TRUST_FOLDER);
}

static int refuse_lookalike(const char *vendor, const char *other, struct err *e)
{
	err_set(e, ERR_LOOKALIKE, "the package's vendor '%s' looks like '%s'", vendor, other);
	return err_fix(e, "if both are meant, write it in full: --vendor %s", vendor);
}

static int refuse_other_key(const struct key_public *k, const struct trusted *has, struct arena *a, struct err *e)
{
	err_set(e, ERR_UNTRUSTED, "the product trusts the key %s for '%s', not %s", key_kid_text(has->key.kid, a), has->vendor, key_kid_text(k->kid, a));
	return err_fix(e, "if that vendor has a new key: --trust KEY, the file of its public key, and no other");
}

static int check_against(const struct trusted *t, const struct key_public *k, const char *vendor, bool said, bool meant, struct arena *a, struct err *e)
{
	if (!t->vendor)
		return MS_OK;
	if (!strcmp(t->vendor, vendor))
		return said ? MS_OK : refuse_other_key(k, t, a, e);
	return meant || !lookalike(t->vendor, vendor) ? MS_OK : refuse_lookalike(vendor, t->vendor, e);
}

int product_trust_check(const struct product *p, const struct key_public *k, const char *vendor, bool said, bool meant, bool *known, struct arena *a, struct err *e)
{
	const char *folder = folder_of(p, a), *file = path_join(a, folder, arena_printf(a, "%s.pem", key_kid_text(k->kid, a)));
	struct list all = { 0 };
	struct trusted t;

	*known = false;
	int rc = trust_revoked_in(folder, k->kid, a, e);
	if (rc == MS_OK)
		rc = trust_revoked(k->kid, a, e);
	if (rc < 0)
		return rc;
	*known = file_exists(file);
	if (*known)
		return trust_find_in(folder, k->kid, TRUST_DEVELOPER, vendor, a, &t, e);
	if (!meant && lookalike(p->vendor, vendor))
		return refuse_lookalike(vendor, p->vendor, e);
	rc = trust_list_in(folder, a, &all, e);
	for (size_t i = 0; rc >= 0 && i < all.count; i++)
		rc = check_against(all.at[i], k, vendor, said, meant, a, e);
	return rc;
}

int product_trust_add(const struct product *p, const struct key_public *k, const char *vendor, const char *label, const char **path, struct arena *a, struct err *e)
{
	struct trusted t = { .key = *k, .role = TRUST_DEVELOPER, .vendor = vendor, .label = label };

	int rc = trust_add_in(folder_of(p, a), &t, a, e);
	*path = t.path;
	return rc;
}
