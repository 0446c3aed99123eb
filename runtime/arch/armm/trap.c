/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an exception to core and back: is the frame where it may be, which
 * function of core is meant, whose memory is opened for the thread that runs
 * next.  The exception entries call these with the thread's registers saved.
 */
#include "trap.h"

#include <stddef.h>

#include "armm.h"
#include "board.h"
#include "processor.h"

enum { CONTROL_PRIVILEGED, CONTROL_UNPRIVILEGED, EXCEPTION_LINE_0 = 16 };

/* What runs when no thread does: the loop at the end of trap_begin, privileged. */
static struct port_context idle;
struct port_context *trap_running = &idle;

/* The context that the processor's settings were made for and still hold for; NULL when they have to be made anew. */
static struct port_context *settings_of;

_Static_assert(offsetof(struct port_context, exc_return) == 36, "the exception entries know it");
#if PORT_FPU
_Static_assert(offsetof(struct port_context, s16_s31) == 40, "the exception entries know it");
#endif

void trap_changed(void)
{
	settings_of = NULL;
}

/*
 * The frame of the running thread, or NULL.  The hardware wrote it with the thread's own rights, but
 * comes here also when that failed, and the thread may have pointed its stack anywhere.
 */
static const uint32_t *frame_of(const struct port_context *c)
{
	uint32_t size = c->exc_return & EXC_RETURN_BASIC ? FRAME_SIZE : FRAME_SIZE_FPU;

	if (processor_lost_frame(c) || c->psp - c->protection->ram > c->protection->ram_size - size)
		return NULL;
	return (const uint32_t *)c->psp;
}

/* The frame of the running thread; without one it is stopped, whatever it came for. NULL then, or in idle. */
static inline __attribute__((always_inline)) const uint32_t *enter(void)
{
	if (trap_running == &idle)
		return NULL;
	const uint32_t *frame = frame_of(trap_running);

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

	/* Part by part: an initializer would also clear what core sets. */
	call.number = frame[FRAME_R12];
	__builtin_memcpy(call.argument, frame, 4 * sizeof(*frame));
	__builtin_memcpy(call.argument + 4, trap_running->r4_r11, 2 * sizeof(*frame));
	core_syscall(&call);
}

void trap_line(void)
{
	uint32_t exception;

	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	enter();
	board_interrupt(exception - EXCEPTION_LINE_0);
}

void trap_reason(void)
{
	if (trap_running != &idle)
		fault_report(trap_running, frame_of(trap_running));
	else
		trap_kernel_fault((const uint32_t *)idle.psp);
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
 * Whom to resume.  While work is left that is not the thread it is for, which may have no registers
 * yet, but idle, at the place that enters the kernel again: the interrupt goes before it, and if it
 * was withdrawn meanwhile, nothing is lost.
 */
static struct port_context *choose(void)
{
	if (work_left()) {
		((uint32_t *)idle.psp)[FRAME_PC] = (uint32_t)trap_again & ~UINT32_C(1);
		return &idle;
	}
	struct thread *t = core_current();

	return t ? core_context(t) : &idle;
}

static void set_privilege(bool privileged)
{
	uint32_t control = privileged || !PORT_ISOLATION ? CONTROL_PRIVILEGED : CONTROL_UNPRIVILEGED;

	__asm__ volatile("msr control, %0" : : "r"(control) : "memory");
}

/* The context to resume: its memory is open, its thread pointer set. */
struct port_context *trap_leave(void)
{
	struct port_context *next = choose();

	if (next == settings_of)
		return next;
	set_privilege(next == &idle);
	if (next == &idle) {
		protection_load_idle();
	} else {
		protection_load(next);
		processor_fpu(next->fpu);
		next->got[1] = next->thread_pointer;
	}
	trap_running = settings_of = next;
	__asm__ volatile("dsb\n\tisb" : : : "memory");
	return next;
}
