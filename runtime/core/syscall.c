/* SPDX-License-Identifier: Apache-2.0 */
/* From the number of a system call to its handler, and back with the result. */
#include "syscall.h"

#include <ms/abi/abi.h>

#include "clock.h"

typedef void syscall_fn(struct thread *self, struct core_call *call);

static syscall_fn *const handler[] = {
#define MS_SYSCALL(number, name, arguments, speed, doc) [number] = sys_##name,
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
};

void core_syscall(struct core_call *call)
{
	struct thread *self = core_current();

	call->status = MS_OK;
	call->value = 0;
	call->waits = false;
	if (call->number < sizeof(handler) / sizeof(*handler) && handler[call->number])
		handler[call->number](self, call);
	else
		call->status = -MS_ENOSYS;
	if (!call->waits)
		port_result(&self->context, call->status, call->value);
	clock_run();
}
