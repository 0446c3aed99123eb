/* SPDX-License-Identifier: Apache-2.0 */
/* One own key takes the place of another. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "trust_own.h"

/* Both are believed for the same; keys of a role by their names, which then name another. */
static int believe_both(const struct trusted *t, const struct key_public *next, bool of_role, struct arena *a, struct err *e)
{
	struct trusted before = *t, after = *t;

	after.key = *next;
	int rc = t->role < TRUST_ROLE_COUNT ? trust_add(&before, a, e) : MS_OK;
	return rc < 0 || of_role || t->role == TRUST_ROLE_COUNT ? rc : trust_add(&after, a, e);
}

static int exchange(const char *path, const char *kept, const char *made, struct err *e)
{
	if (link(path, kept) && errno != EEXIST)
		return err_errno(e, "cannot keep the old key as '%s'", kept);
	if (rename(made, path))
		return err_errno(e, "cannot replace '%s'", path);
	return MS_OK;
}

int trust_rotate(const char *name, const struct trusted *t, const struct key *old, trust_create *create, const char *date,
		 struct arena *a, struct statement *said, struct err *e)
{
	const char *kid = key_kid_text(t->key.kid, a), *path, *kept, *made;
	bool of_role = !strcmp(name, trust_role_name(TRUST_DEVELOPER)) || !strcmp(name, trust_role_name(TRUST_INTEGRATOR));
	struct err none;

	int rc = trust_own_path(name, a, &path, e);
	if (rc == MS_OK)
		rc = trust_own_path(arena_printf(a, "%s-%s", name, kid), a, &kept, e);
	if (rc < 0)
		return rc;
	/* Its name begins with a dot: it is no key of anybody's yet, and what an earlier attempt left is nobody's. */
	made = path_join(a, path_folder(a, path), arena_printf(a, ".%s.next", name));
	file_remove(made, &none);

	*said = (struct statement){ .kind = STATEMENT_ROTATION, .date = date };
	rc = create(made, a, e);
	if (rc == MS_OK)
		rc = key_open_public(made, a, &said->key, e);
	if (rc == MS_OK)
		rc = statement_sign(said, old, a, e);
	if (rc == MS_OK)
		rc = believe_both(t, &said->key, of_role, a, e);
	return rc < 0 ? rc : exchange(path, kept, made, e);
}
