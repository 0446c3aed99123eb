/* SPDX-License-Identifier: Apache-2.0 */
/* Taking all there is: the service is refused in time, and the neighbour, who tells when it is late, does not notice. */
#include "attempts.h"

#include <ms/abi/abi.h>

enum { CEILING = 9, SPIN_NSEC = 50000000, BURST = 200 };

/* Its share, some lines at once, then -MS_EAGAIN: never an error of another kind, never endless. */
bool flood_log(uint32_t n)
{
	static uint32_t in_a_row;
	int status = ms_log(MS_LOG_DEBUG, "flood", 5);

	in_a_row = status == MS_OK ? in_a_row + 1 : 0;
	return (status != MS_OK && status != -MS_EAGAIN) || in_a_row > BURST || (n > BURST && status == MS_OK && in_a_row > 2);
}

/* Needs no stack: all share one. */
__attribute__((naked)) static void sleeps_for_ever(void *unused)
{
	(void)unused;
	__asm__ volatile("1:\tmvn r0, #0\n\tmvn r1, #0\n\tmov r12, %0\n\tsvc 0\n\tb 1b" : : "i"(MS_SYS_clock_sleep));
}

bool flood_threads(uint32_t n)
{
	static uint32_t taken;
	int number = start_bare(0, sleeps_for_ever, NULL, 1);

	taken += number >= 0;
	if (n == 99)
		return taken > 31;
	return number < 0 && number != -MS_EAGAIN;
}

bool flood_futex(uint32_t n)
{
	static uint32_t word;

	return ms_futex_wait(&word, n + 1, MS_FOREVER) != (n + 1 == word ? MS_OK : -MS_EAGAIN) ||
	       ms_futex_wait(&word, 0, 0) != -MS_ETIMEDOUT || ms_futex_wake(&word, 0xffffffff) < 0;
}

/* In the past, now, in a moment, half a turn of 64 bits away. */
bool flood_timers(uint32_t n)
{
	static uint32_t word;
	uint64_t now = ms_clock();
	const uint64_t when[] = { 0, 1, now, now + 1, now + 1000, now - 1, UINT64_C(1) << 32, (UINT64_C(1) << 32) - 1 };
	uint64_t deadline = when[n % EACH(when)];

	if (deadline > now + 1000)
		deadline = now;
	return ms_futex_wait(&word, 0, deadline) != -MS_ETIMEDOUT || ms_clock() < deadline;
}

bool never_yield(uint32_t n)
{
	uint64_t end = ms_clock() + SPIN_NSEC;

	(void)n;
	if (ms_thread_priority(ms_thread_self(), CEILING) < 0)
		return true;
	while (ms_clock() < end)
		;
	return false;
}
