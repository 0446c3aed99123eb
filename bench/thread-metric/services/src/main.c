/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thread-Metric's cooperative test across isolated services: five of this
 * service at one priority give way to each other, and each says at the end how often it ran.
 */
#include <SysCall.h>

enum { LOW = 4, REPORTER = 16, STACK_SIZE = 512 };
#define BEGIN UINT64_C(1000000000)	/* all have started by then */
#define END UINT64_C(6000000000)	/* as bench/thread-metric/threads/src/kit.h says */

static volatile uint32_t count;

static void give_way(void *argument)
{
	(void)argument;
	ms_sleep_until(BEGIN);
	for (;;) {
		count++;
		ms_yield();
	}
}

int main(void)
{
	static uint64_t stack[STACK_SIZE / 8], block[8];

	if (ms_thread_block_size() > sizeof(block))
		return 1;
	ms_thread_block_init(block);
	ms_thread_priority(ms_thread_self(), REPORTER);
	if (ms_thread_create(give_way, NULL, stack, sizeof(stack), block, LOW) < 0)
		return 1;
	ms_sleep_until(END);
	LOG_INFO("services cooperative %lu", (unsigned long)count);
	return 0;
}
