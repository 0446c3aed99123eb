/* SPDX-License-Identifier: Apache-2.0 */
/* From the number of a system call to its handler, and back with the result. */
#include "syscall.h"

#include <ms/abi/abi.h>

#include "clock.h"

typedef void syscall_fn(struct thread *self, struct core_call *call);

static void unknown(struct thread *self, struct core_call *call)
{
	(void)self;
	call->status = -MS_ENOSYS;
}

/* All numbers that are given lie below it: as large as the largest of these. */
enum { NUMBERS = sizeof(union {
#define MS_SYSCALL(number, name, arguments, speed, doc) char name[number + 1];
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
}) };

/* Each number below has a handler: its call's own, which comes behind the other, counts. */
#pragma GCC diagnostic ignored "-Woverride-init"
static syscall_fn *const handler[NUMBERS] = {
	[0 ... NUMBERS - 1] = unknown,
#define MS_SYSCALL(number, name, arguments, speed, doc) [number] = sys_##name,
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
};

void core_syscall(struct core_call *call)
{
	struct thread *self = core_current();

	if (__builtin_expect(call->number < NUMBERS, true))
		handler[call->number](self, call);
	else
		unknown(self, call);
	if (__builtin_expect(!call->waits, true))
		port_result(&self->context, call->status, call->value);
	clock_run();
}
