/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an exception to core and back: is the frame where it may be, which
 * function of core is meant, whose memory is opened for the thread that runs
 * next.  trap.S calls these with the thread's registers saved.
 */
#include "trap.h"

#include <stddef.h>

#include "armv7m.h"
#include "board.h"

enum { CONTROL_UNPRIVILEGED = 1 };

/* What runs when no thread does: the loop at the end of trap_begin, privileged. */
static struct port_context idle;
struct port_context *trap_running = &idle;

_Static_assert(offsetof(struct port_context, exc_return) == 36, "trap.S knows it");
#if PORT_FPU
_Static_assert(offsetof(struct port_context, s16_s31) == 64, "trap.S knows it");
#endif

/*
 * The hardware wrote the frame with the thread's own rights, but comes here
 * also when that failed, and the thread may have pointed its stack anywhere.
 */
uint32_t *trap_frame(const struct port_context *c)
{
	uint32_t size = c->exc_return & EXC_RETURN_BASIC ? FRAME_SIZE : FRAME_SIZE_FPU;

	if (SCB_CFSR & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR))
		return NULL;
	if (c->psp - c->protection->ram > c->protection->ram_size - size)
		return NULL;
	return (uint32_t *)c->psp;
}

/* The frame of the running thread; without one it is stopped, whatever it came for. NULL then, or in idle. */
static const uint32_t *enter(void)
{
	if (trap_running == &idle)
		return NULL;
	const uint32_t *frame = trap_frame(trap_running);

	if (!frame)
		fault_report(trap_running, NULL);
	return frame;
}

void trap_call(void)
{
	const uint32_t *frame = enter();

	if (!frame)
		return;
	struct core_call call;

	/* One by one: an initializer would also clear what core sets, byte by byte. */
	call.number = frame[FRAME_R12];
	for (unsigned i = 0; i < 4; i++)
		call.argument[i] = frame[i];
	call.argument[4] = trap_running->r4_r11[0];
	call.argument[5] = trap_running->r4_r11[1];
	core_syscall(&call);
}

void trap_line(void)
{
	uint32_t exception;

	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	enter();
	board_interrupt((exception & 0x1ff) - 16);
}

void trap_reason(void)
{
	if (trap_running != &idle)
		fault_report(trap_running, trap_frame(trap_running));
	else
		trap_kernel_fault((const uint32_t *)idle.psp);
}

static void open_memory(const struct port_context *c)
{
	const struct mpu_region *r = c->protection->region;

	MPU_RBAR = r[0].rbar;
	MPU_RASR = r[0].rasr;
	MPU_RBAR_A1 = r[1].rbar;
	MPU_RASR_A1 = r[1].rasr;
	MPU_RBAR_A2 = c->guard.rbar;
	MPU_RASR_A2 = c->guard.rasr;
}

static void set_fpu(bool granted)
{
#if PORT_FPU
	SCB_CPACR = granted ? CPACR_FPU : 0;
#else
	(void)granted;
#endif
}

static void set_privilege(bool idles)
{
	uint32_t control = idles || !PORT_ISOLATION ? 0 : CONTROL_UNPRIVILEGED;

	__asm__ volatile("msr control, %0" : : "r"(control) : "memory");
}

/* The context to resume: its memory is open, its thread pointer set. */
struct port_context *trap_leave(void)
{
	while (core_work())
		;
	struct thread *t = core_current();
	struct port_context *next = t ? core_context(t) : &idle;

	if (next == trap_running && !next->fresh)
		return next;
	if (next == &idle || trap_running == &idle)
		set_privilege(next == &idle);
	if (next != &idle) {
		next->fresh = false;
		open_memory(next);
		set_fpu(next->fpu);
		next->got[1] = next->thread_pointer;
	}
	trap_running = next;
	__asm__ volatile("dsb\n\tisb" : : : "memory");
	return next;
}
