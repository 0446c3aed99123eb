/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include <ms/syscall.h>

#define DEATH_NSEC UINT64_C(300000000)

static uint64_t stack[64], block[16];

static void die(void *unused)
{
	(void)unused;
	ms_sleep_until(ms_clock() + DEATH_NSEC);
	*(volatile int *volatile)0 = 0;
}

__attribute__((constructor)) static void begin(void)
{
	uint64_t life = 0;

	ms_info(MS_INFO_RUN_COUNT, &life);
	ms_thread_block_init(block);
	if (life == 1)
		ms_thread_create(die, 0, stack, sizeof(stack), block, 0);
}
