/* SPDX-License-Identifier: Apache-2.0 */
#include "safe.h"

#include <inttypes.h>

#include "board_probe.h"

/* The first address from `at` on that no range holds; `end` when there is none before it. */
static uint64_t covered_to(const struct lent *l, uint64_t at, uint64_t end)
{
	for (uint32_t i = 0; at < end && i < l->safe_count; i++) {
		const struct safe_range *r = &l->safe[i];

		if (at < r->at || at >= (uint64_t)r->at + r->size)
			continue;
		at = (uint64_t)r->at + r->size;
		i = UINT32_MAX;		/* from the first range again */
	}
	return at < end ? at : end;
}

/* What is erased ends where a sector does. */
static uint64_t written_to(const struct board *b, uint32_t size)
{
	struct board_window last = { 0 };

	if (b->probe.target)
		last = board_sector(b, size - 1);
	uint64_t end = (uint64_t)b->flash.base + size, sector_end = (uint64_t)last.base + last.size;
	return last.size && sector_end > end ? sector_end : end;
}

int safe_check(const struct lent *l, const struct board *b, uint32_t size, struct err *e)
{
	if (!size || size > b->flash.size) {
		err_set(e, ERR_RIG_REFUSED, "a device image for '%s' has 1 to %" PRIu32 " bytes, and this one %" PRIu32, b->name, b->flash.size, size);
		return err_fix(e, "build it for this board: --board %s", b->name);
	}
	if (!l->safe_count)
		return MS_OK;
	uint64_t end = written_to(b, size), covered = covered_to(l, b->flash.base, end);
	if (covered >= end)
		return MS_OK;
	err_set(e, ERR_RIG_REFUSED, "the image would be written to 0x%08" PRIx64 ", which the rig's safe map of '%s' keeps", covered, l->name);
	return err_fix(e, "make the image smaller, or ask who runs the rig");
}
