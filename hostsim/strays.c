/* SPDX-License-Identifier: Apache-2.0 */
#include "strays.h"

#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/time.h>

#include "backtrace.h"
#include "carrier.h"
#include "machine.h"
#include "panic.h"
#include "schedule.h"

enum { HANDLER_STACK = 0x20000, LOOK_USEC = 20000 };

static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
enum { SIGNAL_COUNT = sizeof(signals) / sizeof(*signals) };

static struct {
	struct sigaction before[SIGNAL_COUNT], timer_before;
	stack_t stack_before;
	void *stack;			/* outside of all that is ever closed */
} saved;

static bool below_stack(const struct carrier *c, uintptr_t at)
{
	return at < c->stack_low && c->stack_low - at <= LAYOUT_PAGE;
}

static enum core_cause cause_of(int number, const siginfo_t *info, const ucontext_t *u)
{
	switch (number) {
	case SIGBUS:
		return info->si_code == BUS_ADRALN ? CORE_CAUSE_UNALIGNED : CORE_CAUSE_BUS;
	case SIGILL:
		return CORE_CAUSE_INSTRUCTION;
	case SIGFPE:
		return CORE_CAUSE_DIVIDE;
	case SIGTRAP:
		return CORE_CAUSE_BREAKPOINT;
	}
	if (info->si_code != SEGV_MAPERR && info->si_code != SEGV_ACCERR)
		return CORE_CAUSE_ACCESS;	/* an address that no memory can have: the processor does not say which */
	if (below_stack(carrier_running(), (uintptr_t)info->si_addr))
		return CORE_CAUSE_STACK;
	if (machine_fetched(u) || (uintptr_t)info->si_addr == machine_pc(u))
		return CORE_CAUSE_EXECUTE;
	return machine_wrote(u) ? CORE_CAUSE_WRITE : CORE_CAUSE_READ;
}

/*
 * A sanitizer's own code runs on a service's stack, too, and reads what it
 * likes, such as the descriptions of another service's objects, when it makes
 * its report: it is let in.
 */
static bool let_in(const siginfo_t *info, const ucontext_t *u)
{
	if (info->si_code != SEGV_ACCERR || machine_fetched(u) || pages_executor(machine_pc(u)))
		return false;
	return pages_open_at((uintptr_t)info->si_addr);
}

static void pass_on(int number)
{
	for (int i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i] == number)
			sigaction(number, &saved.before[i], NULL);
	/* It happens again on return, and goes to whom it went before. */
}

static void caught(int number, siginfo_t *info, void *context)
{
	const ucontext_t *u = context;

	pages_open_kernel();	/* and it stays so for whoever is let in */
	if (!carrier_running()) {
		pass_on(number);
		return;
	}

	if (number == SIGSEGV && let_in(info, u))
		return;

	struct core_fault f = { .cause = cause_of(number, info, u), .pc = machine_pc(u), .sp = machine_sp(u) };

	f.address_valid = f.cause <= CORE_CAUSE_STACK && f.cause != CORE_CAUSE_ACCESS;
	if (f.address_valid)
		f.address = (uintptr_t)info->si_addr;
	if (f.cause == CORE_CAUSE_EXECUTE)
		backtrace_take_call(f.sp);
	else
		backtrace_take(f.pc, f.sp);
	f.lr = backtrace_at(1);
	carrier_abandon(&f);
}

/* An empty loop that counts. */
static void spin(void)
{
	for (;;)
		__sanitizer_cov_trace_pc();
}

/* Nothing of the simulation is open here, as long as a service runs. */
static void look(int number, siginfo_t *info, void *context)
{
	(void)number, (void)info;
	if (!machine_spins(context))
		return;
	pages_open_kernel();
	if (carrier_running())
		machine_enter(context, spin);
}

static void set_timer(suseconds_t usec)
{
	setitimer(ITIMER_VIRTUAL, &(struct itimerval){ { 0, usec }, { 0, usec } }, NULL);
}

static void take_stack(void)
{
	stack_t s = { .ss_size = HANDLER_STACK };

	if (!saved.stack) {
		saved.stack = mmap(NULL, HANDLER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (saved.stack == MAP_FAILED)
			panic_errno("cannot take memory for a signal's stack");
	}
	s.ss_sp = saved.stack;
	if (sigaltstack(&s, &saved.stack_before))
		panic_errno("cannot set a signal's stack");
}

/* SA_NODEFER: the handler is left by a switch, never by a return. */
void strays_catch(void)
{
	struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

	take_stack();
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < SIGNAL_COUNT; i++)
		sigaction(signals[i], &action, &saved.before[i]);

	action.sa_sigaction = look;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
	sigaction(SIGVTALRM, &action, &saved.timer_before);
	set_timer(LOOK_USEC);
}

void strays_release(void)
{
	set_timer(0);
	sigaction(SIGVTALRM, &saved.timer_before, NULL);
	for (int i = 0; i < SIGNAL_COUNT; i++)
		sigaction(signals[i], &saved.before[i], NULL);
	sigaltstack(&saved.stack_before, NULL);
}
