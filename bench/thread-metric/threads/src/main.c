/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tests of Thread-Metric, written anew from their description, for threads
 * of one service.  Each run of the service is one test: threads count for WINDOW
 * seconds of the emulated board's time, the main thread says the sum and ends, and
 * is started again for the next.
 */
#include <stdlib.h>
#include <string.h>

#include <SysCall.h>

#include "kit.h"

enum { COUNTERS = 5, LOW = 4, MESSAGE_WORDS = 4, QUEUE_SLOTS = 10, BLOCK_SIZE = 128 };

static volatile uint32_t counter[COUNTERS];

/* One thread computes: what the others are compared to when boards differ. */
static void basic(void *argument)
{
	static volatile uint32_t array[1024];
	(void)argument;

	for (;;) {
		for (unsigned i = 0; i < 1024; i++)
			array[i] = (array[i] + counter[0]) ^ array[i];
		counter[0]++;
	}
}

/* Five threads of one priority give way to each other. */
static void cooperative(void *number)
{
	for (;;) {
		counter[(uintptr_t)number]++;
		ms_yield();
	}
}

/*
 * Five threads, each of a higher priority than the one before.  The lowest
 * wakes the next, which runs at once and wakes its next, and so on; each waits again.
 */
static struct gate gate[COUNTERS + 1];

static void preemptive(void *argument)
{
	uintptr_t number = (uintptr_t)argument;

	for (;;) {
		if (number > 0)
			gate_wait(&gate[number]);
		counter[number]++;
		if (number + 1 < COUNTERS)
			gate_open(&gate[number + 1]);
	}
}

/* One thread puts a message of 16 bytes into a queue and takes it out. */
static struct {
	struct semaphore used, room, lock;
	uint32_t slot[QUEUE_SLOTS][MESSAGE_WORDS];
	unsigned put, take;
} queue;

static void queue_put(const uint32_t message[MESSAGE_WORDS])
{
	semaphore_take(&queue.room);
	semaphore_take(&queue.lock);
	memcpy(queue.slot[queue.put++ % QUEUE_SLOTS], message, sizeof(queue.slot[0]));
	semaphore_give(&queue.lock);
	semaphore_give(&queue.used);
}

static void queue_take(uint32_t message[MESSAGE_WORDS])
{
	semaphore_take(&queue.used);
	semaphore_take(&queue.lock);
	memcpy(message, queue.slot[queue.take++ % QUEUE_SLOTS], sizeof(queue.slot[0]));
	semaphore_give(&queue.lock);
	semaphore_give(&queue.room);
}

static void message(void *argument)
{
	uint32_t sent[MESSAGE_WORDS] = { 0x11112222, 0x33334444, 0x55556666 }, got[MESSAGE_WORDS];
	(void)argument;

	queue.room.count = QUEUE_SLOTS;
	queue.lock.count = 1;
	for (;;) {
		queue_put(sent);
		queue_take(got);
		if (memcmp(sent, got, sizeof(got)) != 0)
			abort();
		sent[3]++;
		counter[0]++;
	}
}

/* One thread takes and gives a semaphore that nobody else wants. */
static void synchronisation(void *argument)
{
	static struct semaphore s = { .count = 1 };
	(void)argument;

	for (;;) {
		semaphore_take(&s);
		semaphore_give(&s);
		counter[0]++;
	}
}

static void allocation(void *argument)
{
	(void)argument;
	for (;;) {
		void *block = malloc(BLOCK_SIZE);

		if (!block)
			abort();
		__asm__ volatile("" : : "r"(block) : "memory");	/* or the compiler takes both away */
		free(block);
		counter[0]++;
	}
}

static const struct { const char *name; void (*body)(void *); unsigned threads, step; } test[] = {
	{ "basic", basic, 1, 0 },
	{ "cooperative", cooperative, 5, 0 },
	{ "preemptive", preemptive, 5, 1 },
	{ "message", message, 1, 0 },
	{ "synchronisation", synchronisation, 1, 0 },
	{ "allocation", allocation, 1, 0 },
};

int main(void)
{
	uint64_t run;
	uint32_t sum = 0;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run > sizeof(test) / sizeof(*test)) {
		LOG_INFO("measured");
		return 0;
	}
	ms_thread_priority(ms_thread_self(), REPORTER);
	for (uintptr_t i = 0; i < test[run - 1].threads; i++)
		kit_thread(test[run - 1].body, (void *)i, LOW + (unsigned)i * test[run - 1].step);
	ms_sleep_until(ms_clock() + WINDOW_SEC * UINT64_C(1000000000));
	for (unsigned i = 0; i < COUNTERS; i++)
		sum += counter[i];
	LOG_INFO("threads %s %lu", test[run - 1].name, (unsigned long)sum);
	ms_exit(1);
}
