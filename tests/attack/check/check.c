/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands between the processor's port and core (ld --wrap): after each entry into core all that must hold is looked at.
 * What does not hold is said with the number of the system call, and ends the kernel.  How many calls held is said, too.
 */
#include "check.h"

#include "board.h"
#include "board_facts.h"
#include "log.h"
#include "port.h"
#include "service.h"

enum { STACK_FREE = 64, TELL_EACH = 10000, DIGITS = 10 };
#define STACK_PAINT UINT32_C(0x5afe57ac)

extern uint32_t kernel_stack_top[], kernel_data_start[];
static uint32_t calls, last_number;

/* "<text><number>", for people. */
static void say(const char *text, uint32_t number)
{
	char line[120], digits[DIGITS];
	unsigned used = 0, count = 0;

	while (*text && used < sizeof(line) - DIGITS - 1)
		line[used++] = *text++;
	do
		digits[count++] = (char)('0' + number % 10);
	while (number /= 10);
	while (count)
		line[used++] = digits[--count];
	line[used] = 0;
	log_event(NULL, line);
}

/* The lowest words of the kernel's stack, which lies lowest in its memory, are never written. */
static const char *check_stack(void)
{
	static bool painted;
	volatile uint32_t *low = (volatile uint32_t *)BOARD_RAM_BASE;

	for (unsigned i = 0; i < STACK_FREE / 4; i++) {
		if (!painted)
			low[i] = STACK_PAINT;
		else if (low[i] != STACK_PAINT)
			return "the kernel's stack is used up";
	}
	painted = true;
	return NULL;
}

static void check(void)
{
	const char *why = check_timers();

	if (!why)
		why = check_services();
	if (!why)
		why = check_threads();
	if (!why)
		why = check_stack();
	if (!why)
		return;
	log_event(NULL, why);
	say("broken after call ", calls);
	say("whose number was ", last_number);
	core_console_ready();
	port_halt();
}

void __real_core_syscall(struct core_call *call);
void __real_core_alarm(void);
void __real_core_line(uint32_t line);
void __real_core_fault(const struct core_fault *f);
bool __real_core_work(void);
void __wrap_core_syscall(struct core_call *call);
void __wrap_core_alarm(void);
void __wrap_core_line(uint32_t line);
void __wrap_core_fault(const struct core_fault *f);
bool __wrap_core_work(void);

void __wrap_core_syscall(struct core_call *call)
{
	last_number = call->number;
	__real_core_syscall(call);
	if (++calls % TELL_EACH == 0)
		say("all holds after calls: ", calls);
	check();
}

void __wrap_core_alarm(void)
{
	__real_core_alarm();
	check();
}

void __wrap_core_line(uint32_t line)
{
	__real_core_line(line);
	check();
}

void __wrap_core_fault(const struct core_fault *f)
{
	if (f->kernel)
		say("the kernel fails after call ", calls);
	__real_core_fault(f);
	check();
}

bool __wrap_core_work(void)
{
	bool done = __real_core_work();

	if (done)
		check();
	return done;
}
