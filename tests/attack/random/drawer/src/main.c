/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Draws system calls and their arguments from a seed, for ever; most are nearly valid (calls.def says what valid is, valid.c what depends on what came before).
 * A run ends when a drawn call ends it, or when a second thread sees that nothing happens any more;
 * the next run draws other calls: its number is part of the seed.
 */
#include <stdbool.h>

#include <SysCall.h>

#include "calls.h"
#include "valid.h"

#ifndef RANDOM_SEED
#define RANDOM_SEED 1
#endif

enum { ENDING_ONE_IN = 64, WRONG_ONE_IN = 3, WRONG_AND_STOPS_ONE_IN = 64, LOOKS_NSEC = 3000000, STACK_SIZE = 768, PRIORITY = 8 };

static struct {
	uint64_t drawn;
	volatile uint32_t calls;
	uint32_t word[8];
	uint8_t text[256];
	uint8_t stack[2][STACK_SIZE] __attribute__((aligned(8)));
} mine __attribute__((aligned(8)));

static uint8_t watch_stack[STACK_SIZE] __attribute__((aligned(8)));
static uint64_t watch_block[8];

/* xorshift64*: the same calls for the same seed. */
uint32_t draw(uint32_t below)
{
	mine.drawn ^= mine.drawn >> 12;
	mine.drawn ^= mine.drawn << 25;
	mine.drawn ^= mine.drawn >> 27;
	uint32_t high = (uint32_t)(mine.drawn * UINT64_C(2685821657736338717) >> 32);

	return below ? high % below : high;
}

static void draws_too(void *unused);

static uint32_t valid(const struct argument *a, uint64_t soon)
{
	switch (a->kind) {
	case ARG_LOW: return (uint32_t)soon;
	case ARG_HIGH: return (uint32_t)(soon >> 32);
	case ARG_IN: case ARG_OUT: return (uint32_t)(uintptr_t)&mine.text[draw(sizeof(mine.text) / 2)];
	case ARG_WORD: return (uint32_t)(uintptr_t)&mine.word[draw(8)];
	case ARG_STACK: return (uint32_t)(uintptr_t)mine.stack[draw(2)];
	case ARG_CODE: return (uint32_t)(uintptr_t)draws_too;
	default: return a->value;
	}
}

/* Ends of numbers, and of memory: our own and that of others. */
static uint32_t edge(void)
{
	static const uint32_t edges[] = {
		0, 1, 2, 7, 8, 31, 32, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff,
		0x20000000, 0x20008000, 0x2000fff8, 0x00000100, 0x00018000, 0x00040000, 0x40000000, 0x40004000, 0xe000ed00, 0x22000000,
		0x40000100, 0x01000000, 0x01010000,
	};

	return edges[draw(sizeof(edges) / sizeof(*edges))] + draw(9) - 4;
}

/* Deadlines are drawn as a whole: near, past, or (one in many) for ever. */
static uint64_t deadline(void)
{
	uint32_t kind = draw(32);

	return kind == 0 ? MS_FOREVER : kind < 12 ? draw(0) : ms_clock() + draw(1000000);
}

/* The place'th argument of a call; `right`: as it should be. */
static uint32_t argument(uint32_t n, unsigned place, const struct argument *a, uint64_t soon, bool right)
{
	uint32_t kind = right ? 0 : draw(16), value;

	if (!valid_argument(n, place, &value))
		value = valid(a, soon);
	if (a->kind == ARG_LOW || a->kind == ARG_HIGH || kind < 8)
		return value;
	if (kind < 12)
		return value + draw(17) - 8;
	return kind < 15 ? edge() : draw(0);
}

/* Those that always end the run are drawn less often, those that now would nearly never. */
static uint32_t number(bool main)
{
	for (;;) {
		uint32_t n = draw(16) ? draw(MS_SYSCALL_END) : draw(0);
		bool known = n < MS_SYSCALL_END && shapes[n];
		bool ends = n == MS_SYS_exit || n == MS_SYS_thread_exit || n == MS_SYS_psa_panic;

		if (known ? (!ends || !draw(ENDING_ONE_IN)) && (valid_now(n, main) || !draw(8 * ENDING_ONE_IN)) : !draw(32))
			return n;
	}
}

static void call_once(bool main)
{
	static const struct shape none;
	uint32_t n = number(main);
	const struct shape *s = n < MS_SYSCALL_END && shapes[n] ? shapes[n] : &none;
	uint64_t soon = deadline();
	bool right = draw(s->refusal == STOPS ? WRONG_AND_STOPS_ONE_IN : WRONG_ONE_IN);
	uint32_t a[6];

	for (unsigned i = 0; i < 6; i++)
		a[i] = argument(n, i, &s->argument[i], soon, right);
	if (n == MS_SYS_exit)
		a[0] |= 1;	/* 0 would end it for good */
	register uint32_t r0 __asm__("r0") = a[0];
	register uint32_t r1 __asm__("r1") = a[1];
	register uint32_t r2 __asm__("r2") = a[2];
	register uint32_t r3 __asm__("r3") = a[3];
	register uint32_t r4 __asm__("r4") = a[4];
	register uint32_t r5 __asm__("r5") = a[5];
	register uint32_t ip __asm__("r12") = n;

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r4), "r"(r5), "r"(ip) : "memory");
	mine.calls++;
	valid_learn(n, a, (int32_t)r0, r1);
}

static void draws_too(void *unused)
{
	(void)unused;
	for (uint32_t left = draw(64); left; left--)
		call_once(false);
	ms_thread_exit();
}

/* Frees who waits for a word; ends the run when that was not all. */
static void watches(void *unused)
{
	(void)unused;
	for (uint32_t before = 0, still = 0;; before = mine.calls) {
		ms_sleep_until(ms_clock() + LOOKS_NSEC);
		still = mine.calls == before ? still + 1 : 0;
		for (unsigned i = 0; i < 8; i++)
			ms_futex_wake(&mine.word[i], 32);
		if (still == 3)
			ms_exit(1);
	}
}

int main(void)
{
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	mine.drawn = (RANDOM_SEED * UINT64_C(0x9e3779b97f4a7c15) ^ run << 32) | 1;
	ms_thread_create(watches, NULL, watch_stack, sizeof(watch_stack), watch_block, PRIORITY + 1);
	for (;;)
		call_once(true);
}
