/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls.  A handler has two halves: first all that the caller said is
 * checked and may be refused, then it is done and cannot fail.  A thing that is not the
 * caller's does not exist.  It finds call->status = MS_OK, value = 0 and waits = false,
 * and leaves what the caller gets; with waits = true the caller gets it when it is woken.
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include "service.h"

#define MS_SYSCALL(number, name, arguments, speed, doc) void sys_##name(struct thread *self, struct core_call *call);
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL

/* Two arguments are one 64-bit number, low first. */
static inline uint64_t wide(const uintptr_t *low)
{
	return (uint64_t)(uint32_t)low[1] << 32 | (uint32_t)low[0];
}

#endif
