/* SPDX-License-Identifier: Apache-2.0 */
/* mapping.c, and what holds of mappings: what is open is a service's own or lent to it now, and the memory protection says the same. */
#include "mapping.h"

/* With CHECK_PLANTED core forgets to close what a service has open, once: to show that this is found. */
static void protects(struct port_protection *p, uint32_t index, const struct port_region *r)
{
#ifdef CHECK_PLANTED
	static unsigned closed;

	if (!r && ++closed == CHECK_PLANTED)
		return;
#endif
	port_protect(p, index, r);
}
#define port_protect protects
#include "mapping.c"
#undef port_protect

#include "check.h"
#include "device.h"

enum { ENABLED = 1 };		/* of a region's second word, on either architecture */

/* Where a rule's thing is now; false when it is nowhere. */
static bool region_of(const struct table_rule *r, struct port_region *out)
{
	return r->object >> 24 == TABLE_SHARED ? shared_region(r, out) : r->object >> 24 == TABLE_DEVICE && device_region(r, out) == MS_OK;
}

static const char *check_place(const struct service *s, uint32_t i)
{
	const struct mpu_region *is = &s->protection.region[FIRST_REGION + i];
	const struct table_rule *r = s->mapped[i];
	struct port_protection wanted = { 0 };
	struct port_region region;

	if (!r)
		return is->rest & ENABLED ? "a region is open that is nobody's" : NULL;
	if (r < s->plan.rules || r >= s->plan.rules + s->plan.rule_count)
		return "what is open is another's";
	if (!region_of(r, &region))
		return "what is open is lent to nobody";
	port_protect(&wanted, FIRST_REGION + i, &region);
	return is->rbar != wanted.region[FIRST_REGION + i].rbar || is->rest != wanted.region[FIRST_REGION + i].rest ?
	       "a region is not what it stands for" : NULL;
}

const char *check_mappings(const struct service *s)
{
	const char *why = NULL;

	for (uint32_t i = 0; !why && i < MAPPING_MAX; i++)
		why = check_place(s, i);
	return why;
}
