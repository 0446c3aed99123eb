/* SPDX-License-Identifier: Apache-2.0 */
/* What a service asks for and does not get: because the product says so, or because it says nothing. */
#include <string.h>

#include "opt.h"
#include "rulebook.h"

static bool has(const struct texts *names, const char *name)
{
	for (uint32_t i = 0; names && i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return true;
	return false;
}

void rulebook_open(const struct device_request *r, const char *key, bool weak, struct arena *a, struct device_talk *out)
{
	const struct device_service *s = r->service;
	bool called = !strcmp(r->kind, DEVICE_INTERFACE);

	if (has(s->denied, r->name))
		return;
	rulebook_warn(s, key, a, out, "'%s' asks for %s%s%s'%s', which the product does not grant", s->name,
		      called ? "" : "the ", called ? "" : r->kind, called ? "" : " ", r->name);
	if (weak)
		return;
	struct device_request *copy = arena_new(a, struct device_request);

	*copy = *r;
	list_push(&out->undecided, a, copy);
}

enum { ASKED_MAX = MANIFEST_CALL_MAX + 2 * MANIFEST_MAPPED_MAX };

/* The names of all that a service asks of others. */
static size_t asked_names(const struct manifest *m, struct arena *a, const char *names[ASKED_MAX])
{
	size_t count = 0;

	for (uint32_t i = 0; i < m->call_count; i++)
		names[count++] = arena_string(a, m->calls[i].name);
	for (uint32_t i = 0; i < m->device_count; i++)
		names[count++] = arena_string(a, m->devices[i].name);
	for (uint32_t i = 0; i < m->shared_count; i++)
		if (!m->shared[i].number)
			names[count++] = arena_string(a, m->shared[i].name);
	return count;
}

static int check(const struct device_service *s, const char *name, const char *const names[], size_t count, struct err *e)
{
	const char *near = opt_nearest(name, names, count);
	bool asked = false;

	for (size_t i = 0; i < count; i++)
		asked |= !strcmp(names[i], name);
	if (!asked) {
		err_set(e, ERR_GRANT_UNASKED, "'%s' is denied '%s', which it does not ask for", s->name, name);
		return near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "take it out of 'denies'");
	}
	if (!has(s->granted, name) && !has(s->granted_devices, name) && !has(s->granted_shared, name))
		return MS_OK;
	err_set(e, ERR_GRANT_BOTH, "'%s' is both granted and denied '%s'", s->name, name);
	return err_fix(e, "take it out of 'grants' or out of 'denies'");
}

int rulebook_denied(const struct device_service *s, struct arena *a, struct err *e)
{
	const char *names[ASKED_MAX];
	size_t count = s->manifest ? asked_names(s->manifest, a, names) : 0;
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && s->denied && i < s->denied->count; i++) {
		rc = check(s, s->denied->at[i], names, count, e);
		if (rc < 0 && s->granted_at)
			schema_err(s->granted_at, arena_printf(a, "%s.denies[%u]", s->entry, i), e);
	}
	return rc;
}
