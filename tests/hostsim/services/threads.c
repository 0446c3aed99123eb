/* SPDX-License-Identifier: Apache-2.0 */
/* Threads of one service: own stacks, own errno, own thread-local data; shared memory; futexes. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <ms/syscall.h>

enum { THREADS = 3, STACK_SIZE = 1024, ROUNDS = 4 };

static _Thread_local int number = 100;
static _Thread_local int untouched = 7;
static uint32_t done;
static int sum;

static void work(void *argument)
{
	int id = (int)(intptr_t)argument;

	number += id;
	errno = 1000 + id;
	for (int round = 0; round < ROUNDS; round++) {
		number += 10;
		sum++;
		ms_sleep_until(ms_clock() + (uint64_t)id * 1000000);
	}
	printf("thread %d: number %d errno %d untouched %d\n", id, number, errno, untouched);
	__atomic_add_fetch(&done, 1, __ATOMIC_RELAXED);
	ms_futex_wake(&done, 1);
}

static int start(int id)
{
	void *stack = aligned_alloc(8, STACK_SIZE), *block = aligned_alloc(8, ms_thread_block_size());

	ms_thread_block_init(block);
	return ms_thread_create(work, (void *)(intptr_t)id, stack, STACK_SIZE, block, 0);
}

static void wait_for_all(void)
{
	uint32_t seen;

	while ((seen = __atomic_load_n(&done, __ATOMIC_RELAXED)) < THREADS)
		ms_futex_wait(&done, seen, MS_FOREVER);
}

int main(void)
{
	uint32_t word = 0;

	errno = 1;
	number = 1;
	for (int id = 1; id <= THREADS; id++)
		if (start(id) <= 0)
			return 1;
	wait_for_all();
	printf("main: number %d errno %d sum %d self %d\n", number, errno, sum, ms_thread_self());
	printf("timeout %d other value %d\n", ms_futex_wait(&word, 0, ms_clock() + 5000000), ms_futex_wait(&word, 1, MS_FOREVER));
	return 0;
}
