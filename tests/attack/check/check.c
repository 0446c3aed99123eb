/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands between the processor's port and core (each core_... was renamed to unchecked_...): after entries into core all that must hold is looked at.
 * What does not hold is said with the number of the system call, and ends the kernel.  How many calls of the service `drawer` held is said, too,
 * and of each how many were made and how many accepted: they came back without an error, or wait; those that end something ended it.
 */
#include "check.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "log.h"
#include "port.h"
#include "service.h"
#include "thread.h"

enum { STACK_FREE = 64, TELL_EACH = 10000, TALLY_EACH = 16, OTHERS_ONE_IN = 16, DIGITS = 10 };
#define STACK_PAINT UINT32_C(0x5afe57ac)

extern uint32_t kernel_stack_low[];
static uint32_t calls, last_number;

static struct { uint32_t made, accepted; } tally[MS_SYSCALL_END];

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

/* Say why, if it is, and end the kernel. */
static void broken(const char *why)
{
	if (!why)
		return;
	log_event(NULL, why);
	say("broken after call ", calls);
	say("whose number was ", last_number);
	core_console_ready();
	port_halt();
}

static void look(void)
{
	const char *why = check_timers();

	if (!why)
		why = check_services();
	if (!why)
		why = check_threads();
	if (!why)
		why = check_messages();
	broken(why ? why : check_stack());
}

/* After each entry for who draws, after one in some of all others: looking takes longer than what most of them do. */
static void check(bool drawn)
{
	static unsigned others;

	if (drawn || others++ % OTHERS_ONE_IN == 0)
		look();
}

void unchecked_syscall(struct core_call *call);
void unchecked_alarm(void);
void unchecked_line(uint32_t line);
void unchecked_fault(const struct core_fault *f);
bool unchecked_work(void);

/* One line in so many calls, so that all have been told when the next ten thousand are. */
static void tell_tally(void)
{
	uint32_t i = (calls % TELL_EACH - (TELL_EACH - MS_SYSCALL_END * TALLY_EACH)) / TALLY_EACH;

	if (calls % TALLY_EACH || i >= MS_SYSCALL_END || !tally[i].accepted)
		return;
	log_event(NULL, "call %d made %d", i, tally[i].made);
	log_event(NULL, "call %d accepted %d", i, tally[i].accepted);
}

static void count(uint32_t number, const struct core_call *call, const struct service *s, uint32_t run)
{
	bool ends = number == MS_SYS_exit || number == MS_SYS_psa_panic, ended = s->state != SERVICE_RUNNING || s->run_count != run;

	if (number >= MS_SYSCALL_END)
		return;
	tally[number].made++;
	tally[number].accepted += ends ? ended : !ended && call->status >= 0;
}

/* At each system call as much of the kernel's stack is in use as at any other; a fault gives back what the start has left there. */
static const char *check_depth(const void *frame)
{
	static const void *first;

	if (frame > first)
		first = frame;
	return frame < first ? "the kernel's stack does not come back" : NULL;
}

void core_syscall(struct core_call *call)
{
	struct service *s = core_current()->service;
	bool drawn = bytes_equal(s->plan.name, BYTES_LITERAL("drawer"));
	uint32_t run = s->run_count;

	last_number = call->number;
	calls += drawn;
	broken(check_depth(__builtin_frame_address(0)));
	unchecked_syscall(call);
	if (drawn)
		count(last_number, call, s, run);
	if (drawn)
		tell_tally();
	if (drawn && calls % TELL_EACH == 0)
		say("all holds after calls: ", calls);
	check(drawn);
}

void core_alarm(void)
{
	unchecked_alarm();
	check(false);
}

void core_line(uint32_t line)
{
	unchecked_line(line);
	check(true);
}

void core_fault(const struct core_fault *f)
{
	if (f->kernel)
		say("the kernel fails after call ", calls);
	unchecked_fault(f);
	check(true);
}

bool core_work(void)
{
	bool done = unchecked_work();

	if (done)
		check(false);
	return done;
}
