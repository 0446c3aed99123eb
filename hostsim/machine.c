/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include <signal.h>

#if defined(__x86_64__)
enum { ERROR_WRITE = 2, ERROR_FETCH = 16 };	/* of a page fault's error code */
enum { RED_ZONE = 128, STACK_ALIGN = 16 };

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

/* A jump to itself; without optimisation a nop goes before it. */
bool machine_spins(const ucontext_t *u)
{
	enum { NOP = 0x90, JUMP = 0xeb, TO_ITSELF = 0xfe, TO_NOP = 0xfd };
	const uint8_t *pc = (const uint8_t *)machine_pc(u);

	if (*pc == JUMP)
		return pc[1] == TO_ITSELF || (pc[1] == TO_NOP && pc[-1] == NOP);
	return *pc == NOP && pc[1] == JUMP && pc[2] == TO_NOP;
}

void machine_enter(ucontext_t *u, void (*f)(void))
{
	greg_t *r = u->uc_mcontext.gregs;
	uintptr_t *sp = (uintptr_t *)((machine_sp(u) - RED_ZONE) & ~(uintptr_t)(STACK_ALIGN - 1));

	*--sp = machine_pc(u) + 1;	/* whoever looks for the caller takes one off */
	r[REG_RSP] = (greg_t)sp;
	r[REG_RIP] = (greg_t)(uintptr_t)f;
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

bool machine_spins(const ucontext_t *u)
{
	enum { BRANCH_TO_ITSELF = 0x14000000 };

	return *(const uint32_t *)machine_pc(u) == BRANCH_TO_ITSELF;
}

void machine_enter(ucontext_t *u, void (*f)(void))
{
	u->uc_mcontext.regs[30] = machine_pc(u) + 4;
	u->uc_mcontext.pc = (uintptr_t)f;
}
#else
#error "the host simulation knows x86-64 and arm64"
#endif
