/* SPDX-License-Identifier: Apache-2.0 */
/* Why a service has not ended: how it fares, what stopped it, and where its threads wait (<ms/sim.h>). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <ms/sim.h>

#include "carrier.h"
#include "origin.h"
#include "simdevice.h"
#include "thread.h"

static const char *fares(enum sim_state state)
{
	static const char *const text[] = {
		[SIM_NEVER_STARTED] = "was never started", [SIM_ALIVE] = "has not ended", [SIM_RESTARTING] = "failed and is about to be restarted",
		[SIM_ENDED] = "has ended", [SIM_QUARANTINED] = "failed too often",
	};

	return text[state];
}

static const char *does(const struct thread *t)
{
	if (t->state == THREAD_READY)
		return "could run";
	return t->state == THREAD_FUTEX ? "waits for another" : "waits for time, a signal or a reply";
}

static void print_place(const char *function, const char *file, int line)
{
	if (function && file)
		print_error(" in %s at %s:%d", function, file, line);
	print_error("\n");
}

static void print_thread(const char *service, struct thread *t)
{
	const struct carrier *c = core_context(t)->carrier;
	struct origin o = c && c->own ? origin_of(c->own) : (struct origin){ 0 };

	print_error("  thread %u of '%s' %s", t->number, service, does(t));
	print_place(o.function, o.file, o.line);
}

static void print_fault(const struct sim *s, const char *service, uint32_t thread)
{
	const struct sim_fault *f = sim_fault(s, service);

	if (!f)
		return;
	print_error("  thread %u of '%s' was stopped: %s,", thread, service, f->cause);
	print_place(f->function, f->file, f->line);
}

/* Each waits for another, and none for a time, a signal or somebody else's reply: nothing will ever happen here. */
static bool is_stuck(const struct service *s)
{
	struct thread *t = NULL;

	while ((t = thread_next(s, t)))
		if (t->state != THREAD_FUTEX || timer_running(&t->timeout))
			return false;
	return true;
}

void sim_assert_ended(const struct sim *s, const char *service, const char *file, int line)
{
	enum sim_state state = sim_state(s, service);
	const struct life *l = device_life(service);

	if (state == SIM_ENDED && sim_exit_status(s, service) == 0)
		return;
	print_error("'%s' %s; its last status is %d\n", service, fares(state), sim_exit_status(s, service));
	print_fault(s, service, l->fault_thread);
	for (struct thread *t = thread_next(l->service, NULL); t; t = thread_next(l->service, t))
		print_thread(service, t);
	if (state == SIM_ALIVE && is_stuck(l->service))
		print_error("  so it never ends: a deadlock, or a wake-up that was lost\n");
	_fail(file, line);
}
