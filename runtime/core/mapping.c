/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

#include <ms/abi/abi.h>

#include "core_assert.h"
#include "shared.h"
#include "verdict.h"

enum { FIRST_REGION = PORT_REGIONS - MAPPING_MAX };	/* those before are image and RAM */

static uint32_t local_of(const struct table_rule *r)
{
	return r->object >> 24 == TABLE_SHARED ? table_shared_index(r) : table_device_index(r);
}

const struct table_rule *mapping_rule(const struct service *s, enum table_class class, uintptr_t local)
{
	for (const struct table_rule *r = s->plan.rules; r < s->plan.rules + s->plan.rule_count; r++)
		if (r->object >> 24 == class && local_of(r) == local)
			return r;
	return NULL;
}

/* Where a rule (or NULL: nothing) stands among those that are open; MAPPING_MAX: nowhere. */
static uint32_t place(const struct service *s, const struct table_rule *r)
{
	uint32_t i = 0;

	while (i < MAPPING_MAX && s->mapped[i] != r)
		i++;
	return i;
}

int mapping_open(struct service *s, const struct table_rule *r, const struct port_region *region)
{
	uint32_t i = place(s, r);

	/* Whoever comes here has found the rule; now by what it says itself. */
	core_assert((size_t)(r - s->plan.rules) < s->plan.rule_count && verdict_reread(&r->service) == s->plan.id);
	if (i < MAPPING_MAX)
		return MS_OK;
	i = place(s, NULL);
	if (i == MAPPING_MAX)
		return -MS_ENOMEM;
	s->mapped[i] = r;
	port_protect(&s->protection, FIRST_REGION + i, region);
	return MS_OK;
}

bool mapping_close(struct service *s, const struct table_rule *r)
{
	uint32_t i = place(s, r);

	if (i == MAPPING_MAX)
		return false;
	s->mapped[i] = NULL;
	port_protect(&s->protection, FIRST_REGION + i, NULL);
	return true;
}

void mapping_end(struct service *s)
{
	for (uint32_t i = 0; i < MAPPING_MAX; i++)
		if (s->mapped[i])
			mapping_close(s, s->mapped[i]);
}

bool mapping_covers(const struct service *s, uintptr_t at, size_t size, bool write)
{
	for (uint32_t i = 0; i < MAPPING_MAX; i++) {
		const struct table_rule *r = s->mapped[i];
		struct port_region region;

		if (!r || r->object >> 24 != TABLE_SHARED || !shared_region(r, &region))
			continue;
		if (size <= region.size && at - region.base <= region.size - size && (!write || region.access == PORT_READ_WRITE))
			return true;
	}
	return false;
}
