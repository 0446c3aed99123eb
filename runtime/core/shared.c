/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "core_assert.h"
#include "mapping.h"
#include "verdict.h"

static struct { uint32_t read, write; } lent;	/* a bit for each block */

void shared_init(void)
{
	lent.read = lent.write = 0;
}

bool shared_owned(const struct table_rule *r)
{
	return r->object >> 24 == TABLE_SHARED && r->operations & TABLE_SHARED_LEND;
}

static uint32_t bit_of(const struct table_rule *r)
{
	return UINT32_C(1) << (r->object & (TABLE_SHARED_MAX - 1));
}

/* The rule of whom the block is shared with (of its owner, for a borrower), and its service; NULL when there is nobody. */
static const struct table_rule *partner(const struct table_rule *r, struct service **who)
{
	for (struct service *s = NULL; (s = service_next(s));) {
		const struct table_rule *other = service_rule(s, r->object);

		if (other && other != r) {
			*who = s;
			return other;
		}
	}
	return NULL;
}

bool shared_region(const struct table_rule *r, struct port_region *out)
{
	const struct table_rule *owner = r;
	struct service *who;
	bool write = true;

	if (!shared_owned(r)) {
		if (!(lent.read & bit_of(r)))
			return false;
		write = lent.write & bit_of(r);
		owner = partner(r, &who);
	}
	*out = (struct port_region){
		board_ram_window().base + owner->argument, table_shared_size(owner), write ? PORT_READ_WRITE : PORT_READ_ONLY
	};
	return true;
}

int shared_lend(const struct table_rule *owner, bool write)
{
	struct service *who;
	const struct table_rule *to = partner(owner, &who);

	if (!to || (write && !(to->operations & TABLE_SHARED_WRITE)))
		return -MS_EPERM;
	if (lent.read & bit_of(owner))
		return -MS_EBUSY;
	core_assert(!write || verdict_reread(&to->operations) & TABLE_SHARED_WRITE);
	lent.read |= bit_of(owner);
	if (write)
		lent.write |= bit_of(owner);
	return MS_OK;
}

/* Whoever of the two has the rule. */
static void take_back(const struct table_rule *r)
{
	struct service *borrower;
	const struct table_rule *to = partner(r, &borrower);

	if (to && shared_owned(r))
		mapping_close(borrower, to);
	lent.read &= ~bit_of(r);
	lent.write &= ~bit_of(r);
}

void shared_revoke(const struct table_rule *owner)
{
	take_back(owner);
}

void shared_end(const struct service *s)
{
	for (const struct table_rule *r = s->plan.rules; r < s->plan.rules + s->plan.rule_count; r++)
		if (r->object >> 24 == TABLE_SHARED)
			take_back(r);
}
