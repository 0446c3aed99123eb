/* SPDX-License-Identifier: Apache-2.0 */
#include "served.h"

#include <setjmp.h>
#include <stdio.h>

#include <ms/syscall.h>

enum { NOT_YET, STARTED, ENDED };

int __real_main(int argc, char **argv);
_Noreturn void __real_exit(int status);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap_exit(int status);
_Noreturn void __wrap__exit(int status);

static uint32_t state = NOT_YET;
static int status;
static jmp_buf top;

static uint32_t now(void)
{
	return __atomic_load_n(&state, __ATOMIC_ACQUIRE);
}

static void become(uint32_t next)
{
	__atomic_store_n(&state, next, __ATOMIC_RELEASE);
	ms_futex_wake(&state, 2);
}

static void end(int with)
{
	fflush(stdout);
	fflush(stderr);
	status = with;
	become(ENDED);
}

_Noreturn void served_wait(int argc, char **argv)
{
	while (now() == NOT_YET)
		ms_futex_wait(&state, NOT_YET, MS_FOREVER);
	if (!setjmp(top))
		end(__real_main(argc, argv));
	for (;;)
		ms_sleep_until(MS_FOREVER);
}

static bool is_served(void)
{
	return ms_thread_self() == 0 && now() == STARTED;
}

/* The service's own exit ends the service, not the test. */
_Noreturn void __wrap_exit(int with)
{
	if (!is_served())
		__real_exit(with);
	end(with);
	longjmp(top, 1);
}

_Noreturn void __wrap__exit(int with)
{
	if (!is_served())
		__real__exit(with);
	end(with);
	longjmp(top, 1);
}

void served_start(void)
{
	if (now() == NOT_YET)
		become(STARTED);
}

bool served_started(void)
{
	return now() != NOT_YET;
}

bool served_ended(void)
{
	return now() == ENDED;
}

int served_status(void)
{
	return served_ended() ? status : -1;
}

void served_wait_end(uint64_t nsec)
{
	while (now() != ENDED && ms_clock() < nsec)
		ms_futex_wait(&state, STARTED, nsec);
}
