/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands between the processor's port and core (each core_... was renamed to unchecked_...): after each entry into core all that must hold is looked at.
 * What does not hold is said with the number of the system call, and ends the kernel.  How many calls of the service `drawer` held is said, too.
 */
#include "check.h"

#include "board.h"
#include "log.h"
#include "port.h"
#include "service.h"
#include "thread.h"

enum { STACK_FREE = 64, TELL_EACH = 10000, DIGITS = 10 };
#define STACK_PAINT UINT32_C(0x5afe57ac)

extern uint32_t kernel_stack_low[];
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

/* The lowest words of the kernel's stack are never written. */
static const char *check_stack(void)
{
	static bool painted;
	volatile uint32_t *low = kernel_stack_low;

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
		why = check_messages();
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

void unchecked_syscall(struct core_call *call);
void unchecked_alarm(void);
void unchecked_line(uint32_t line);
void unchecked_fault(const struct core_fault *f);
bool unchecked_work(void);

void core_syscall(struct core_call *call)
{
	bool drawn = bytes_equal(core_current()->service->plan.name, BYTES_LITERAL("drawer"));

	last_number = call->number;
	calls += drawn;
	unchecked_syscall(call);
	if (drawn && calls % TELL_EACH == 0)
		say("all holds after calls: ", calls);
	check();
}

void core_alarm(void)
{
	unchecked_alarm();
	check();
}

void core_line(uint32_t line)
{
	unchecked_line(line);
	check();
}

void core_fault(const struct core_fault *f)
{
	if (f->kernel)
		say("the kernel fails after call ", calls);
	unchecked_fault(f);
	check();
}

bool core_work(void)
{
	bool done = unchecked_work();

	if (done)
		check();
	return done;
}
