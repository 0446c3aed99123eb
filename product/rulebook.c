/* SPDX-License-Identifier: Apache-2.0 */
#include "rulebook.h"

#include <stdlib.h>

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
