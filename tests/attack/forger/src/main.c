/* SPDX-License-Identifier: Apache-2.0 */
/* In each run a thread is resumed in the state of a handler, which the frame on its stack says: the service is stopped, and begins again. */
#include <SysCall.h>

#include <ms/abi/abi.h>
#include <ms/syscall.h>

enum { FRAME_XPSR = 7, FRAME_WORDS = 8, STATE_SVCALL = 11, RUNS = 500 };

static uint8_t stack[512] __attribute__((aligned(8)));
static uint32_t word;
static uint32_t *volatile frame;

static void waits(void *unused)
{
	register uint32_t r0 __asm__("r0") = (uint32_t)(uintptr_t)&word;
	register uint32_t r1 __asm__("r1") = 0;
	register uint32_t r2 __asm__("r2") = 0xffffffff;
	register uint32_t r3 __asm__("r3") = 0xffffffff;
	uint32_t sp;

	(void)unused;
	__asm__ volatile("mov %0, sp" : "=r"(sp));
	frame = (uint32_t *)(uintptr_t)((sp & ~7u) - 4 * FRAME_WORDS);
	__asm__ volatile("movs r4, %3\n\tmov r12, r4\n\tmovs r4, #0\n\tmovs r5, #0\n\tsvc 0"
			 : "+r"(r0), "+r"(r1), "+r"(r2) : "i"(MS_SYS_futex_wait), "r"(r3) : "r4", "r5", "r12", "memory");
	LOG_ERROR("goes on");
}

int main(void)
{
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run == RUNS) {
		ms_sleep_until(ms_clock() + 1000000000);	/* the records of faults came out of our share of the log */
		LOG_INFO("run %u begins", (unsigned)run);
		return 0;
	}
	ms_thread_create(waits, NULL, stack, sizeof(stack), 0, 0);
	ms_sleep_until(ms_clock() + 1000000);
	frame[FRAME_XPSR] |= STATE_SVCALL;
	ms_futex_wake(&word, 1);
	ms_sleep_until(ms_clock() + 1000000);
	LOG_ERROR("goes on");
	return 0;
}
