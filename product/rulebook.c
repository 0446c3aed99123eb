/* SPDX-License-Identifier: Apache-2.0 */
#include "rulebook.h"

#include <stdlib.h>
#include <string.h>

int rulebook_add(struct rulebook *b, const struct table_rule *r, struct err *e)
{
	if (b->count == TABLE_RULE_MAX) {
		err_set(e, -MS_EINCOMPATIBLE, "the services of this product need more than %d rules", TABLE_RULE_MAX);
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

bool rulebook_granted(const struct texts *granted, const char *kind, const char *service, const char *name, struct arena *a, struct device_talk *out)
{
	if (!granted)
		list_push(&out->granted, a, arena_printf(a, "%s may use %s %s", service, kind, name));
	else if (!has(granted, name))
		list_push(&out->warnings, a, arena_printf(a, "'%s' asks for the %s '%s', which the product does not grant", service, kind, name));
	return !granted || has(granted, name);
}

int rulebook_used(const struct texts *granted, const struct manifest_mapped *asked, uint32_t count, const char *service, struct err *e)
{
	for (uint32_t i = 0; granted && i < granted->count; i++) {
		struct bytes name = { (const uint8_t *)granted->at[i], strlen(granted->at[i]) };
		uint32_t k = 0;

		while (k < count && !bytes_equal(asked[k].name, name))
			k++;
		if (k < count)
			continue;
		err_set(e, -MS_EINCOMPATIBLE, "'%s' is granted '%s', which it does not ask for", service, granted->at[i]);
		return err_fix(e, "take it out of 'grants', or let the service request it in its ms.yaml");
	}
	return MS_OK;
}
