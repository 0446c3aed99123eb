/* SPDX-License-Identifier: Apache-2.0 */
#include "rulebook.h"

#include <stdlib.h>
#include <string.h>

#include "opt.h"
#include "schema.h"

int rulebook_add(struct rulebook *b, const struct table_rule *r, struct err *e)
{
	if (b->count == TABLE_RULE_MAX) {
		err_set(e, ERR_TABLE_FULL, "the services of this product need more than %d rules", TABLE_RULE_MAX);
		return err_fix(e, "grant less, or leave out a service");
	}
	b->at[b->count++] = *r;
	return MS_OK;
}

static int by_service_and_object(const void *left, const void *right)
{
	const struct table_rule *l = left, *r = right;

	if (l->service != r->service)
		return l->service < r->service ? -1 : 1;
	return l->object < r->object ? -1 : l->object > r->object;
}

void rulebook_sort(struct rulebook *b)
{
	if (b->count)
		qsort(b->at, b->count, sizeof(*b->at), by_service_and_object);
}

static bool has(const struct texts *names, const char *name)
{
	for (uint32_t i = 0; i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return true;
	return false;
}

void rulebook_warn(const struct device_service *s, const char *key, struct arena *a, struct device_talk *out, const char *format, ...)
{
	struct err place = { 0 };
	va_list args;

	va_start(args, format);
	char *sentence = arena_vprintf(a, format, args);
	va_end(args);
	if (s->granted_at) {
		schema_err(s->granted_at, arena_printf(a, "%s.%s", s->entry, key), &place);
		sentence = arena_printf(a, "%s:%d:%d: %s", place.file, place.line, place.column, sentence);
	}
	list_push(&out->warnings, a, sentence);
}

bool rulebook_granted(const struct device_service *s, const struct rulebook_asked *asked, const char *kind, const char *name, struct arena *a, struct device_talk *out)
{
	if (!asked->granted)
		list_push(&out->granted, a, arena_printf(a, "%s may use %s %s", s->name, kind, name));
	else if (!has(asked->granted, name))
		rulebook_open(&(struct device_request){ s, kind, name }, asked->key, false, a, out);
	return !asked->granted || has(asked->granted, name);
}

/* Which of the names that a list of the manifest asks for is this one? */
static uint32_t place_of(const struct rulebook_asked *asked, const char *name)
{
	struct bytes wanted = { (const uint8_t *)name, strlen(name) };
	uint32_t i = 0;

	while (i < asked->count && !bytes_equal(asked->at[i].name, wanted))
		i++;
	return i;
}

/* Item `i` of what is granted does not fit to what is asked for. */
static int refuse_unused(const struct device_service *s, const struct rulebook_asked *asked, uint32_t i, struct arena *a, struct err *e)
{
	const char *names[MANIFEST_MAPPED_MAX], *near;

	for (uint32_t k = 0; k < asked->count; k++)
		names[k] = arena_string(a, asked->at[k].name);
	near = opt_nearest(asked->granted->at[i], names, asked->count);
	err_set(e, ERR_GRANT_UNASKED, "'%s' is granted '%s', which it does not ask for", s->name, asked->granted->at[i]);
	if (near)
		err_fix(e, "did you mean '%s'?", near);
	else
		err_fix(e, "take it out of 'grants', or let the service request it in its ms.yaml");
	return rulebook_err_in(s, arena_printf(a, "%s[%u]", asked->key, i), a, e);
}

int rulebook_err_in(const struct device_service *s, const char *key, struct arena *a, struct err *e)
{
	if (!s->granted_at)
		return e->code;
	return schema_err(s->granted_at, key ? arena_printf(a, "%s.%s", s->entry, key) : s->entry, e);
}

int rulebook_used(const struct device_service *s, const struct rulebook_asked *asked, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; asked->granted && i < asked->granted->count; i++)
		if (place_of(asked, asked->granted->at[i]) == asked->count)
			return refuse_unused(s, asked, i, a, e);
	return MS_OK;
}

int rulebook_err(const struct device_service *s, const struct rulebook_asked *asked, uint32_t i, struct arena *a, struct err *e)
{
	for (uint32_t k = 0; asked->granted && s->granted_at && k < asked->granted->count; k++)
		if (place_of(asked, asked->granted->at[k]) == i)
			return schema_err(s->granted_at, arena_printf(a, "%s.%s[%u]", s->entry, asked->key, k), e);
	if (!s->asked_at)
		return e->code;
	return schema_err(s->asked_at, arena_printf(a, "requests.%s[%u]", strchr(asked->key, '.') + 1, i - asked->own), e);
}
