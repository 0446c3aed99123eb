/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service may rely on, on any board (runtime/board.h and port.h as seen from above).  The service has the board to itself.
 */
#include <stdbool.h>
#include <string.h>

#include <ms/abi/abi.h>
#include <ms/syscall.h>

#include "promise.h"

/* A sleep may end so much late when nothing else runs. */
#define LATE_NSEC (NSEC_PER_MSEC / 5)

enum { LINE_COUNT = 150, LINE_SIZE = 100, RANDOM_SIZE = 256, BLOCKS = 16 };

static unsigned usec(uint64_t nsec)
{
	return (unsigned)(nsec / 1000);
}

static uint64_t tick_nsec(void)
{
	uint64_t tick = 0;

	for (volatile int i = 0; i < 400; i++) {
		uint64_t v = ms_clock(), old;

		for (volatile int k = i % 7; k; k--)
			;
		while (v) {
			old = v;
			v = tick % v;
			tick = old;
		}
	}
	return tick;
}

static const char *clock_never_goes_back(void)
{
	uint64_t last = ms_clock();

	for (int i = 0; i < 5000; i++) {
		uint64_t now = ms_clock();

		if (now < last)
			return SEEN("from %u us back to %u us", usec(last), usec(now));
		last = now;
	}
	return NULL;
}

/* Busy from 2 ms before to 2 ms after: each reading follows the one before. */
static const char *look_around(uint64_t when)
{
	uint64_t last, now;

	ms_sleep_until(when - 2 * NSEC_PER_MSEC);
	for (last = ms_clock(); last < when + 2 * NSEC_PER_MSEC; last = now) {
		now = ms_clock();
		if (now < last || now - last > NSEC_PER_MSEC)
			return SEEN("a step of %d us", (int)(int64_t)(now - last) / 1000);
	}
	if (last > when + 3 * NSEC_PER_MSEC)
		return SEEN("woken %u us after 2 ms before it", usec(last - when));
	return NULL;
}

/* The counter began near 0 when the device started, a moment before the clock did. */
static const char *clock_does_not_jump_where_the_counter_wraps(void)
{
	return look_around(tick_nsec() << 32);
}

static const char *a_sleep_across_the_wrap_ends_on_time(void)
{
	uint64_t when = (tick_nsec() << 33) + 50 * NSEC_PER_MSEC;

	ms_sleep_until(when - 100 * NSEC_PER_MSEC);
	ms_sleep_until(when);
	uint64_t now = ms_clock();

	return now < when ? SEEN("%u us early", usec(when - now)) : now - when > LATE_NSEC ? SEEN("%u us late", usec(now - when)) : NULL;
}

static const char *sleeps_end_not_early_and_hardly_late(void)
{
	uint64_t length = 1000;

	for (int i = 0; i < 26; i++, length += length / 2) {
		uint64_t when = ms_clock() + length;

		ms_sleep_until(when);
		uint64_t now = ms_clock();

		if (now < when)
			return SEEN("%u us early of %u us", usec(when - now), usec(length));
		if (now - when > LATE_NSEC)
			return SEEN("%u us late of %u us", usec(now - when), usec(length));
	}
	return NULL;
}

/* Each length around the time that setting an alarm takes: one that is over when it is set is not missed. */
static const char *the_shortest_sleeps_end(void)
{
	for (unsigned length = 0; length < 30000; length += 37) {
		uint64_t when = ms_clock() + length;

		ms_sleep_until(when);
		if (ms_clock() - when > LATE_NSEC)
			return SEEN("%u us late of %u ns", usec(ms_clock() - when), length);
	}
	return NULL;
}

static const char *what_has_passed_is_not_slept_for(void)
{
	uint64_t start = ms_clock();

	ms_sleep_until(0);
	ms_sleep_until(start);
	return ms_clock() - start > LATE_NSEC ? SEEN("%u us", usec(ms_clock() - start)) : NULL;
}

/* Alarm after alarm, each from where the last one should have been: an alarm with another rate than the clock's shows. */
static const char *alarms_do_not_drift_from_the_clock(void)
{
	uint64_t start = ms_clock(), late = 0;

	for (unsigned i = 1; i <= 400; i++) {
		uint64_t when = start + i * 5 * NSEC_PER_MSEC;

		ms_sleep_until(when);
		late = ms_clock() - when;
		if (late > LATE_NSEC)
			return SEEN("%u us late after %u ms", usec(late), 5 * i);
	}
	return NULL;
}

static unsigned ones(const uint8_t *bytes, size_t size)
{
	unsigned count = 0;

	for (size_t i = 0; i < size; i++)
		for (unsigned b = bytes[i]; b; b &= b - 1)
			count++;
	return count;
}

/* Five standard deviations of the number of ones; no block like the one before. */
static const char *random_is_random_or_not_there(void)
{
	static uint8_t block[2][RANDOM_SIZE];
	unsigned count = 0;

	for (unsigned i = 0; i < BLOCKS; i++) {
		int rc = ms_random(block[i % 2], RANDOM_SIZE);

		if (rc == -MS_ENODEV && i == 0)
			return NULL;
		if (rc)
			return SEEN("%d", rc);
		if (!memcmp(block[0], block[1], RANDOM_SIZE))
			return "the same again";
		count += ones(block[i % 2], RANDOM_SIZE);
	}
	enum { MEAN = BLOCKS * RANDOM_SIZE * 4, FIVE_SIGMA = 453 };

	return count < MEAN - FIVE_SIGMA || count > MEAN + FIVE_SIGMA ? SEEN("%u ones of %u", count, 2 * MEAN) : NULL;
}

/* What a call gives that has nothing to give: its status, and a value of zero. */
static bool gives_nothing(void)
{
#ifdef __arm__
	register uint32_t status __asm__("r0"), low __asm__("r1"), high __asm__("r2");
	register uint32_t number __asm__("r12") = MS_SYS_yield;

	__asm__ volatile("svc 0" : "=r"(status), "=r"(low), "=r"(high) : "r"(number) : "r3", "memory");
	return !status && !low && !high;
#else
	return true;
#endif
}

static const char *a_call_tells_nothing_of_the_one_before(void)
{
	uint64_t value;

	ms_info((enum ms_info)UINT32_MAX, &value);
	bool after_refused = gives_nothing();

	ms_sleep_until(5000 * NSEC_PER_MSEC);		/* from then on the time needs more than 32 bits */
	ms_clock();
	bool after_value = gives_nothing();

	return after_refused && after_value ? NULL : SEEN("%d %d", after_refused, after_value);
}

/*
 * `value` and the six numbers behind it in the registers that a call leaves alone (but r9, in which the data's place is), a turn for
 * the other thread, and what differs then.
 */
#ifdef __arm__
__attribute__((naked)) static uint32_t differs_after_a_turn(uint32_t value)
{
	__asm__(".syntax unified\n\t"
		"push {r4-r7, lr}\n\t"
		"mov r1, r8\n\t"
		"mov r2, r10\n\t"
		"mov r3, r11\n\t"
		"push {r0-r3}\n\t"
		"sub sp, #4\n\t"
		"mov r4, r0\n\t"
		"adds r5, r0, #1\n\t"
		"adds r6, r0, #2\n\t"
		"adds r7, r0, #3\n\t"
		"adds r0, #4\n\t"
		"mov r8, r0\n\t"
		"adds r0, #1\n\t"
		"mov r10, r0\n\t"
		"adds r0, #1\n\t"
		"mov r11, r0\n\t"
		"movs r0, %0\n\t"
		"mov r12, r0\n\t"
		"svc 0\n\t"
		"add sp, #4\n\t"
		"ldr r0, [sp]\n\t"
		"eors r4, r0\n\t"
		"adds r0, #1\n\t"
		"eors r5, r0\n\t"
		"orrs r4, r5\n\t"
		"adds r0, #1\n\t"
		"eors r6, r0\n\t"
		"orrs r4, r6\n\t"
		"adds r0, #1\n\t"
		"eors r7, r0\n\t"
		"orrs r4, r7\n\t"
		"adds r0, #1\n\t"
		"mov r1, r8\n\t"
		"eors r1, r0\n\t"
		"orrs r4, r1\n\t"
		"adds r0, #1\n\t"
		"mov r1, r10\n\t"
		"eors r1, r0\n\t"
		"orrs r4, r1\n\t"
		"adds r0, #1\n\t"
		"mov r1, r11\n\t"
		"eors r1, r0\n\t"
		"orrs r4, r1\n\t"
		"pop {r0-r3}\n\t"
		"mov r0, r4\n\t"
		"mov r8, r1\n\t"
		"mov r10, r2\n\t"
		"mov r11, r3\n\t"
		"pop {r4-r7, pc}" : : "i"(MS_SYS_yield));
}
#else
static uint32_t differs_after_a_turn(uint32_t value)
{
	(void)value;
	ms_yield();
	return 0;
}
#endif

enum { OWN_PRIORITY = 8, TURNS = 20 };

static uint32_t other_stack[128] __attribute__((aligned(32)));
static uint64_t other_block[32];
static volatile uint32_t other_turns, other_differs;

static void take_turns(void *argument)
{
	(void)argument;
	while (other_turns < TURNS) {
		other_differs |= differs_after_a_turn(0x1000);
		other_turns++;
	}
	ms_thread_exit();
}

static const char *registers_are_each_threads_own(void)
{
	uint32_t differs = 0, turns = 0;

	if (ms_thread_block_size() > sizeof(other_block))
		return "a larger block";
	ms_thread_block_init(other_block);
	int rc = ms_thread_create(take_turns, NULL, other_stack, sizeof(other_stack), other_block, OWN_PRIORITY);
	if (rc <= 0)
		return SEEN("%d", rc);
	for (; other_turns < TURNS && turns < 2 * TURNS; turns++)
		differs |= differs_after_a_turn(0x20000);
	return differs || other_differs || turns < TURNS || other_turns < TURNS ?
		SEEN("0x%x, 0x%x, %u and %u turns", (unsigned)differs, (unsigned)other_differs, (unsigned)turns, (unsigned)other_turns) : NULL;
}

static const char *isolation_is_told(void)
{
	uint64_t isolation = 99;

	if (ms_info(MS_INFO_ISOLATION, &isolation))
		return "info refuses";
	LOG_INFO("isolation %u", (unsigned)isolation);
	return NULL;
}

/* Who reads the log checks that all of them are there, whole and in order.  They begin on a word, and on no word. */
static const char *what_was_accepted_is_printed(void)
{
	char room[LINE_SIZE + 3];

	for (unsigned i = 0; i < LINE_COUNT; i++) {
		char *line = room + i % 4;
		int size = snprintf(line, LINE_SIZE, "line %03u ", i);

		memset(line + size, 'a' + (int)(i % 26), LINE_SIZE - (size_t)size);
		while (ms_log(MS_LOG_INFO, line, LINE_SIZE) == -MS_EAGAIN)
			ms_sleep_until(ms_clock() + 20 * NSEC_PER_MSEC);
	}
	return NULL;
}

int main(void)
{
	TRY(isolation_is_told);
	TRY(a_call_tells_nothing_of_the_one_before);
	TRY(registers_are_each_threads_own);
	TRY(clock_never_goes_back);
	TRY(sleeps_end_not_early_and_hardly_late);
	TRY(the_shortest_sleeps_end);
	TRY(what_has_passed_is_not_slept_for);
	TRY(alarms_do_not_drift_from_the_clock);
	TRY(clock_does_not_jump_where_the_counter_wraps);
	TRY(a_sleep_across_the_wrap_ends_on_time);
	TRY(random_is_random_or_not_there);
	TRY(what_was_accepted_is_printed);
	LOG_INFO("all told");
	return 0;
}
