/* SPDX-License-Identifier: Apache-2.0 */
#include "backtrace.h"

#include <execinfo.h>
#include <stdbool.h>

#include "pages.h"

extern const char __executable_start[], etext[];
extern const char __start_ms_simulation[], __stop_ms_simulation[];	/* all code of this library */

enum { FRAME_MAX = 64 };

static struct {
	uintptr_t pc[FRAME_MAX + 1];
	size_t count;
} taken;

void backtrace_init(void)
{
	void *frame[1];

	backtrace(frame, 1);
}

static void add(uintptr_t pc)
{
	if (taken.count < FRAME_MAX && pages_executor(pc))
		taken.pc[taken.count++] = pc;
	taken.pc[taken.count] = 0;
}

/* After a call of something that is no code, the only trace is the return address on top of the stack. */
static void add_return_address(uintptr_t sp)
{
	const struct area *a = pages_owner(sp);

	if (a && sp % sizeof(sp) == 0 && !pages_is_guard(a, sp))
		add(*(const uintptr_t *)sp - 1);
}

/* The unwinder reads the instructions at pc, which must not be tried where none can be. */
void backtrace_take_call(uintptr_t sp)
{
	taken.count = 0;
	taken.pc[0] = 0;
	add_return_address(sp);
}

void backtrace_take(uintptr_t pc, uintptr_t sp)
{
	void *frame[FRAME_MAX];
	int count = backtrace(frame, FRAME_MAX);

	taken.count = 0;
	add(pc);
	for (int i = 0; i < count; i++)
		if ((uintptr_t)frame[i] != pc)
			add((uintptr_t)frame[i] - 1);
	if (taken.count == 0)
		add_return_address(sp);
}

uintptr_t backtrace_at(size_t i)
{
	return i < taken.count ? taken.pc[i] : 0;
}

uintptr_t backtrace_own(void)
{
	for (size_t i = 0; i < taken.count; i++)
		if (taken.pc[i] < (uintptr_t)pages_executor(taken.pc[i])->instance.own_end)
			return taken.pc[i];
	return backtrace_at(0);
}

static bool is_simulation(uintptr_t pc)
{
	return pc >= (uintptr_t)__start_ms_simulation && pc < (uintptr_t)__stop_ms_simulation;
}

/* The first of these frames that is the program's own: neither a shared library's nor ours. */
static uintptr_t first_own(void *const *frame, int count)
{
	for (int i = 0; i < count; i++) {
		uintptr_t pc = (uintptr_t)frame[i] - 1;

		if (pc >= (uintptr_t)__executable_start && pc < (uintptr_t)etext && !is_simulation(pc))
			return pc;
	}
	return 0;
}

uintptr_t backtrace_test(void)
{
	void *frame[FRAME_MAX];

	return first_own(frame, backtrace(frame, FRAME_MAX));
}

uintptr_t backtrace_program(uintptr_t pc)
{
	void *at = (void *)(pc + 1);
	uintptr_t own = first_own(&at, 1);

	return own ? own : backtrace_test();
}
