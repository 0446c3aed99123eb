/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include <signal.h>

#if defined(__x86_64__)
enum { ERROR_WRITE = 2, ERROR_FETCH = 16 };	/* of a page fault's error code */

uintptr_t machine_pc(const ucontext_t *u)
{
	return (uintptr_t)u->uc_mcontext.gregs[REG_RIP];
}

uintptr_t machine_sp(const ucontext_t *u)
{
	return (uintptr_t)u->uc_mcontext.gregs[REG_RSP];
}

bool machine_fetched(const ucontext_t *u)
{
	return u->uc_mcontext.gregs[REG_ERR] & ERROR_FETCH;
}

bool machine_wrote(const ucontext_t *u)
{
	return u->uc_mcontext.gregs[REG_ERR] & ERROR_WRITE;
}
#elif defined(__aarch64__)
enum { CLASS_FETCH = 0x20, CLASS_DATA = 0x24, DATA_WRITE = 0x40 };	/* of the syndrome register */

uintptr_t machine_pc(const ucontext_t *u)
{
	return u->uc_mcontext.pc;
}

uintptr_t machine_sp(const ucontext_t *u)
{
	return u->uc_mcontext.sp;
}

/* It is one of the records behind the registers, when the kernel gives it. */
static uint32_t syndrome(const ucontext_t *u)
{
	const uint8_t *at = u->uc_mcontext.__reserved;

	for (const struct _aarch64_ctx *c = (const void *)at; c->magic; at += c->size, c = (const void *)at)
		if (c->magic == ESR_MAGIC)
			return (uint32_t)((const struct esr_context *)c)->esr;
	return 0;
}

bool machine_fetched(const ucontext_t *u)
{
	return syndrome(u) >> 26 == CLASS_FETCH;
}

bool machine_wrote(const ucontext_t *u)
{
	return syndrome(u) >> 26 == CLASS_DATA && (syndrome(u) & DATA_WRITE);
}
#else
#error "the host simulation knows x86-64 and arm64"
#endif
