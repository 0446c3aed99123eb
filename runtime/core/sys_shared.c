/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of shared memory (docs/abi.md, "Devices, interrupts, shared memory"). */
#include <ms/abi/abi.h>

#include "mapping.h"
#include "shared.h"
#include "syscall.h"

/* The rule that the caller means; without one the call has failed. */
static const struct table_rule *named(const struct thread *self, struct core_call *call, uint32_t operation)
{
	const struct table_rule *r = mapping_rule(self->service, TABLE_SHARED, call->argument[0]);

	if (r && r->operations & operation)
		return r;
	call->status = -MS_ENOENT;
	return NULL;
}

void sys_shm_map(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call, TABLE_SHARED_READ);
	struct port_region region;

	if (!r)
		return;
	call->status = shared_region(r, &region) ? mapping_open(self->service, r, &region) : -MS_ENOENT;
	if (call->status == MS_OK)
		call->value = region.base;
}

void sys_shm_unmap(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call, TABLE_SHARED_READ);

	if (r && !mapping_close(self->service, r))
		call->status = -MS_ENOENT;
}

void sys_shm_lend(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call, TABLE_SHARED_LEND);
	uintptr_t rights = call->argument[1];

	if (!r)
		return;
	if (rights != TABLE_SHARED_READ && rights != (TABLE_SHARED_READ | TABLE_SHARED_WRITE))
		call->status = -MS_EINVAL;
	else
		call->status = shared_lend(r, rights & TABLE_SHARED_WRITE);
}

void sys_shm_revoke(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call, TABLE_SHARED_LEND);

	if (r)
		shared_revoke(r);
}
