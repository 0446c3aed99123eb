/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls between markers that bench/count.so counts at.  Each is made
 * ROUNDS times.  What is measured and in which order is known to bench/calls.sh.
 */
#include <SysCall.h>
#include <psa/client.h>
#include <psa_manifest/sid.h>

enum { ROUNDS = 16 };

#define BEGIN "mov r0, r0\n\t"
#define END "mov r1, r1\n\t"

/* Nothing between the markers: what is left is what each other figure has too much of. */
static void nothing(void)
{
	__asm__ volatile(BEGIN END : : : "memory");
}

static void null_call(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_thread_self) : "r0", "r1", "r2", "r3", "r12", "memory");
}

static void clock_call(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_clock_get) : "r0", "r1", "r2", "r3", "r12", "memory");
}

/* To the other service and back: two yields, one branch. */
static void yields(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_yield) : "r0", "r1", "r2", "r3", "r12", "memory");
}

static void begin(void)
{
	__asm__ volatile(BEGIN : : : "memory");
}

static void end(void)
{
	__asm__ volatile(END : : : "memory");
}

/* From the call that wakes a thread of higher priority to what that thread does next. */
static _Atomic uint32_t woken;

static void sleeper(void *argument)
{
	(void)argument;
	for (;;) {
		ms_futex_wait((const uint32_t *)&woken, 0, MS_FOREVER);
		end();
		woken = 0;
	}
}

static void hand_over(void)
{
	woken = 1;
	begin();
	ms_futex_wake((const uint32_t *)&woken, 1);
}

static void start_sleeper(void)
{
	static uint64_t stack[64], block[8];

	ms_thread_block_init(block);
	if (ms_thread_block_size() > sizeof(block) || ms_thread_create(sleeper, NULL, stack, sizeof(stack), block, 12) < 0)
		ms_exit(1);
	ms_yield();
}

/* A call of another service and its answer, with as many bytes in each direction. */
static psa_handle_t answer;
static uint8_t content[1024];

static void call_with(size_t size)
{
	psa_invec in = { content, size };
	psa_outvec out = { content, size };

	begin();
	psa_status_t status = psa_call(answer, PSA_IPC_CALL, &in, size != 0, &out, size != 0);
	end();
	if (status != PSA_SUCCESS)
		ms_exit(1);
}

static void call_0(void)
{
	call_with(0);
}

static void call_64(void)
{
	call_with(64);
}

static void call_1024(void)
{
	call_with(1024);
}

static void measure(void call(void))
{
	for (int i = 0; i < ROUNDS; i++)
		call();
}

int main(void)
{
	ms_sleep_until(ms_clock() + 20000000);	/* the others have started by then */
	measure(nothing);
	measure(null_call);
	measure(clock_call);
	measure(yields);
	start_sleeper();
	measure(hand_over);
	answer = psa_connect(ANSWER_SID, ANSWER_VERSION);
	if (answer <= 0)
		return 1;
	measure(call_0);
	measure(call_64);
	measure(call_1024);
	if (psa_call(answer, 1, NULL, 0, NULL, 0) == PSA_SUCCESS)	/* from now on by one call of the kernel */
		measure(call_0);
	LOG_INFO("measured");
	return 0;
}
