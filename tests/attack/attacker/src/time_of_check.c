/* SPDX-License-Identifier: Apache-2.0 */
/* A second thread changes what the first one's call is about: its memory while it is used, its frame while it waits. */
#include "attempts.h"

#include <ms/abi/abi.h>

enum { FRAME_PC = 6, FRAME_XPSR = 7, PRIORITY = 8 };		/* as product.yaml says */

#ifdef __ARM_FP
enum { FRAME_WORDS = 26 };		/* with room for s0 to s15, FPSCR */
#else
enum { FRAME_WORDS = 8 };
#endif

static char text[8];
static volatile uint32_t turns;

static void changes_the_text(void *unused)
{
	(void)unused;
	for (;;) {
		for (unsigned i = 0; i < sizeof(text); i++)
			text[i] = (char)turns;
		turns++;
		pause_usec(100);
	}
}

/* The pointer is the kernel's every other time; the status is never the other one's. */
bool flip_pointer(uint32_t n)
{
	const uint32_t at[] = { (uint32_t)(uintptr_t)text, BOARD_RAM_BASE };
	const uint32_t argument[6] = { MS_LOG_DEBUG, at[n & 1], sizeof(text) };

	if (n == 0)
		start_thread(0, changes_the_text, NULL, PRIORITY + 1);
	int32_t status = call(MS_SYS_log_write, argument).status;

	return n & 1 ? status != -MS_EFAULT : status != MS_OK && status != -MS_EAGAIN;
}

/* Where the waiting thread's frame lies: right below the stack pointer that it had at the call. */
static uint32_t *volatile frame;
static uint32_t word;
static volatile bool came_back;

static void waits(void *unused)
{
	register uint32_t r0 __asm__("r0") = (uint32_t)(uintptr_t)&word;
	register uint32_t r1 __asm__("r1") = 0;
	register uint32_t r2 __asm__("r2") = 0xffffffff;
	register uint32_t r3 __asm__("r3") = 0xffffffff;
	register uint32_t ip __asm__("r12") = MS_SYS_futex_wait;
	uint32_t sp;

	(void)unused;
	__asm__ volatile("mov %0, sp" : "=r"(sp));
	frame = (uint32_t *)(uintptr_t)((sp & ~7u) - 4 * FRAME_WORDS);
	__asm__ volatile(".balign 4\n\tnop\n\tsvc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(ip) : "r4", "r5", "memory");
	came_back = true;
}

static void with_frame(uint32_t index, uint32_t clear, uint32_t set)
{
	start_thread(1, waits, NULL, PRIORITY + 1);
	frame[index] = (frame[index] & ~clear) | set;
	ms_futex_wake(&word, 1);
	pause_usec(1000);
}

bool forge_frame_pc(uint32_t n)
{
	static const uint32_t pc[] = {
		BOARD_RUNTIME_BASE + 0x200, BOARD_RUNTIME_BASE, BOARD_RAM_BASE + 0x100, BOARD_CONSOLE_BASE,
		0xe000ed00, 0xfffffffc, 0xfffffff0, BOARD_TABLE_A_BASE,
	};

	with_frame(FRAME_PC, 0xffffffff, pc[n]);
	return true;
}

/* In a handler, as SVCall or as the alarm; without Thumb (at a whole word); in the middle of an IT block with reserved bits.  Often: each may leave something on the kernel's stack. */
bool forge_frame_state(uint32_t n)
{
	static const struct { uint32_t clear, set; } state[] = { { 0, 11 }, { 0, 3 }, { 0, 24 }, { 1 << 24, 0 } };

	with_frame(FRAME_XPSR, state[n % 4].clear, state[n % 4].set);
	return true;
}

/* All flags; the padding bit would move the stack pointer by a word, which is the thread's own business. */
bool forge_frame_harmless(uint32_t n)
{
	came_back = false;
	with_frame(FRAME_XPSR, n ? 0xf8000000 : 0, n ? 0 : 0xf8000000);
	return !came_back;
}
