/* SPDX-License-Identifier: Apache-2.0 */
/* Who runs when: each thread adds its letter to one text, which is printed at the end. */
#include "twin.h"

#include <string.h>

enum { THREADS = 4, STACK_WORDS = 96 };

static char seen[80];
static uint64_t stack[THREADS][STACK_WORDS], block[THREADS][16];
static uint32_t word, ended;

static void add(char c)
{
	size_t n = strlen(seen);

	if (n + 1 < sizeof(seen))
		seen[n] = c;
}

static void leave(void)
{
	ended++;
	ms_futex_wake(&ended, 1);
	ms_thread_exit();
}

/* Start some, each with its place as argument, and wait until all have ended. */
static void all(const char *what, void (*entry)(void *), const uint8_t *priority, unsigned count)
{
	memset(seen, 0, sizeof(seen));
	ended = word = 0;
	for (uintptr_t i = 0; i < count; i++) {
		ms_thread_block_init(block[i]);
		if (ms_thread_create(entry, (void *)i, stack[i], sizeof(stack[i]), block[i], priority[i]) < 0)
			add('!');
		add('.');
	}
	for (uint32_t n; (n = ended) < count;)
		ms_futex_wait(&ended, n, MS_FOREVER);
	SAY("%s: %s", what, seen);
}

static void thrice(void *place)
{
	for (int i = 0; i < 3; i++) {
		add((char)('a' + (uintptr_t)place));
		ms_yield();
	}
	leave();
}

static void sleeper(void *place)
{
	uint64_t now = ms_clock();

	add((char)('a' + (uintptr_t)place));
	ms_sleep_until(now + (10 - 2 * (uintptr_t)place) * MSEC * 10);
	add((char)('A' + (uintptr_t)place));
	leave();
}

static void waiter(void *place)
{
	add((char)('a' + (uintptr_t)place));
	int rc = ms_futex_wait(&word, 0, place == (void *)3 ? ms_clock() + 30 * MSEC : MS_FOREVER);

	add(rc == MS_OK ? (char)('A' + (uintptr_t)place) : '-');
	if (place == (void *)3) {
		add((char)('0' + ms_futex_wake(&word, 1)));
		add((char)('0' + ms_futex_wake(&word, 7)));
	}
	leave();
}

static void riser(void *place)
{
	add((char)('a' + (uintptr_t)place));
	if (place == (void *)1)
		add((char)('0' + ms_thread_priority(0, 1)));
	ms_thread_priority(ms_thread_self(), place == (void *)2 ? 2 : 1);
	add((char)('A' + (uintptr_t)place));
	leave();
}

static void holder_or_waiter(void *place)
{
	if (place == 0) {
		add('h');
		ms_sleep_until(ms_clock() + 20 * MSEC);
		add('H');
		word = 1;
		ms_futex_wake(&word, 1);
	} else if (place == (void *)1) {
		ms_sleep_until(ms_clock() + 5 * MSEC);
		add('w');
		add(ms_futex_wait_for(&word, 0, MS_FOREVER, ms_thread_self() - 1) == MS_OK ? 'W' : '-');
	} else {
		ms_sleep_until(ms_clock() + 10 * MSEC);
		add('m');
	}
	leave();
}

void order(void)
{
	all("equals", thrice, (const uint8_t[]){ 1, 1, 1, 1 }, 4);
	all("falling", thrice, (const uint8_t[]){ 4, 3, 2, 1 }, 4);
	all("rising", thrice, (const uint8_t[]){ 1, 2, 3, 4 }, 4);
	all("sleepers", sleeper, (const uint8_t[]){ 2, 2, 2, 2 }, 4);
	all("waiters", waiter, (const uint8_t[]){ 2, 3, 1, 2 }, 4);
	all("own priority", riser, (const uint8_t[]){ 3, 3, 3 }, 3);
	all("inherited", holder_or_waiter, (const uint8_t[]){ 1, 3, 2 }, 3);
}
