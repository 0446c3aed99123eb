/* SPDX-License-Identifier: Apache-2.0 */
/* The system calls as C functions: argument order in docs/abi.md, promises in <ms/syscall.h>. */
#include <ms/syscall.h>

#include "trap.h"

#define LOW(v) ((uint32_t)(v))
#define HIGH(v) ((uint32_t)((v) >> 32))
#define ADDRESS(p) ((uintptr_t)(p))

_Noreturn void ms_exit(int status)
{
	trap4(MS_SYS_exit, (uintptr_t)status, 0, 0, 0);
	__builtin_unreachable();
}

void ms_yield(void)
{
	trap4(MS_SYS_yield, 0, 0, 0, 0);
}

uint64_t ms_clock(void)
{
	return trap4(MS_SYS_clock_get, 0, 0, 0, 0).value;
}

void ms_sleep_until(uint64_t nsec)
{
	trap4(MS_SYS_clock_sleep, LOW(nsec), HIGH(nsec), 0, 0);
}

int ms_random(void *to, size_t size)
{
	return trap4(MS_SYS_random, ADDRESS(to), size, 0, 0).status;
}

int ms_log(enum ms_severity severity, const char *text, size_t size)
{
	return trap4(MS_SYS_log_write, severity, ADDRESS(text), size, 0).status;
}

int ms_info(enum ms_info what, uint64_t *value)
{
	struct trap_result r = trap4(MS_SYS_info, what, 0, 0, 0);

	if (r.status >= 0)
		*value = r.value;
	return r.status;
}

_Noreturn void ms_thread_exit(void)
{
	trap4(MS_SYS_thread_exit, 0, 0, 0, 0);
	__builtin_unreachable();
}

_Noreturn void ms_thread_leave(uint32_t *word)
{
	trap4(MS_SYS_thread_exit, ADDRESS(word), 0, 0, 0);
	__builtin_unreachable();
}

int ms_thread_self(void)
{
	return (int)trap4(MS_SYS_thread_self, 0, 0, 0, 0).value;
}

int ms_thread_priority(int thread, unsigned priority)
{
	struct trap_result r = trap4(MS_SYS_thread_priority, (uintptr_t)thread, priority, 0, 0);

	return r.status < 0 ? r.status : (int)r.value;
}

int ms_futex_wait(const uint32_t *word, uint32_t expected, uint64_t deadline_nsec)
{
	return trap(MS_SYS_futex_wait, ADDRESS(word), expected, LOW(deadline_nsec), HIGH(deadline_nsec), 0, 0).status;
}

int ms_futex_wait_for(const uint32_t *word, uint32_t expected, uint64_t deadline_nsec, int holder)
{
	return trap(MS_SYS_futex_wait, ADDRESS(word), expected, LOW(deadline_nsec), HIGH(deadline_nsec),
		    (uintptr_t)holder + 1, 0).status;
}

int ms_futex_wake(const uint32_t *word, unsigned count)
{
	struct trap_result r = trap4(MS_SYS_futex_wake, ADDRESS(word), count, 0, 0);

	return r.status < 0 ? r.status : (int)r.value;
}

int ms_futex_swap(uint32_t *word, uint32_t expected, uint32_t value, uint32_t *held)
{
	struct trap_result r = trap4(MS_SYS_futex_swap, ADDRESS(word), expected, value, 0);

	*held = (uint32_t)r.value;
	return r.status;
}
