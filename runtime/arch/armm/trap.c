/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an exception to core and back: which function of core is meant, and whose context goes on.
 * The exception entries call these; the thread's registers are still in the processor, its frame is where it may be.
 */
#include "trap.h"

#include <stddef.h>

#include "armm.h"
#include "board.h"

enum { EXCEPTION_LINE_0 = 16, EXCEPTION_SVC = 11 };

/*
 * What runs when no thread does: the loop at the end of trap_begin, privileged.  No stack pointer is where it may be, so that
 * trap_lost is what it enters the kernel by.  It opens nothing, and has no GOT: what is written there becomes what it was.
 */
static struct port_context idle;
static const struct port_protection idle_protection = { .got = &idle.thread_pointer - 1 };
static struct port_context idle = { .limit = UINT32_MAX, .protection = &idle_protection };

struct trap_state trap_state = { .running = &idle };

/* trap.S and trap_entry.S know these. */
_Static_assert(offsetof(struct port_context, limit) == 4 && offsetof(struct port_context, protection) == 12 &&
	       offsetof(struct port_context, guard) == 20 && offsetof(struct port_context, exc_return) == 20 + sizeof(struct port_guard), "the exception entries know it");
_Static_assert(sizeof(struct core_call) == 48 && offsetof(struct core_call, number) == 24, "the exception entries know it");

static uint32_t exception(void)
{
	uint32_t ipsr;

	__asm__ volatile("mrs %0, ipsr" : "=r"(ipsr));
	return ipsr;
}

/* Do the current thread's work; true when some is left because an interrupt waits. */
static bool work_left(void)
{
	while (core_work())
		if (port_interrupt_pending())
			return true;
	return false;
}

/*
 * While work is left not the thread is resumed that it is for, which may have no registers
 * yet, but idle, at the place that enters the kernel again: the interrupt goes before it, and if it
 * was withdrawn meanwhile, nothing is lost.
 */
static __attribute__((noinline)) struct port_context *work(void)
{
	struct port_context *c = &idle;

	if (work_left()) {
		((uint32_t *)idle.psp)[FRAME_PC] = (uint32_t)trap_again & ~UINT32_C(1);
	} else {
		struct thread *t = core_current();

		if (t)
			c = core_context(t);
	}
	return c == trap_state.running ? NULL : c;
}

/* Whom to resume; what comes most often goes first. */
static inline __attribute__((always_inline)) struct port_context *leave(bool waits)
{
	struct thread *t = core_current();

	if (__builtin_expect(t != NULL, true)) {
		if (__builtin_expect(core_context(t) == trap_state.running && !waits, true))
			return NULL;
		if (!core_busy(t))
			return core_context(t);
	}
	return work();
}
struct port_context *trap_call(struct core_call *call)
{
	core_syscall(call);
	return leave(call->waits);
}

struct port_context *trap_line(void)
{
	board_interrupt(exception() - EXCEPTION_LINE_0);
	return leave(true);
}

/* Without a frame the thread is stopped, whatever it came for. */
struct port_context *trap_lost(void)
{
	uint32_t what = exception();

	if (trap_state.running != &idle)
		fault_report(trap_state.running, NULL);
	if (what != EXCEPTION_SVC)
		board_interrupt(what - EXCEPTION_LINE_0);
	return leave(true);
}

struct port_context *trap_reason(void)
{
	const struct port_context *c = trap_state.running;

	if (c == &idle)
		trap_kernel_fault((const uint32_t *)c->psp);
	fault_report(c, processor_lost_frame() || c->psp - c->limit > c->span ? NULL : (const uint32_t *)c->psp);
	return work();
}
