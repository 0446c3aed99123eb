/* SPDX-License-Identifier: Apache-2.0 */
#include "simdevice.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "backtrace.h"
#include "carrier.h"
#include "event.h"
#include "locals.h"
#include "register.h"
#include "schedule.h"
#include "simboard.h"
#include "simmodel.h"
#include "simrules.h"
#include "stand_in.h"
#include "standin.h"
#include "strays.h"
#include "table.h"
#include "tracehash.h"
#include "transcript.h"
#include "windows.h"

/* As `ms run` has it without a product file. */
enum { CEILING = 16, QUANTUM_MSEC = 10, BACKOFF_MSEC = 100, RESTART_LIMIT = 5 };
enum { ANSWER_ROOM = 8192 };	/* bytes of stack that core may take for a call; a stack that ends in the middle of it is no good */

static struct life lives[LAYOUT_SERVICE_MAX];
static size_t life_count;
static uint32_t running;	/* number of the thread that ran last */
static bool stopped;		/* a stand-in has done what it was to do */
static bool running_now;	/* device_run is */
static uint64_t end_nsec;	/* until when */
static struct device_faults faults;	/* never reset */

static struct service_plan plan_of(const struct area *a, uint32_t id)
{
	const struct ms_instance *i = &a->instance;
	uintptr_t data = (uintptr_t)i->data;

	return (struct service_plan){
		.name = { (const uint8_t *)i->facts->name, strlen(i->facts->name) },
		.id = id,
		.image = (uintptr_t)i->text,
		.image_extent = (uint32_t)(i->text_end - i->text),
		.text = (uintptr_t)i->text,
		.text_size = (uint32_t)(i->text_end - i->text),
		.entry = (uintptr_t)i->start,
		.ram = a->low,
		.ram_extent = (uint32_t)((uintptr_t)i->data_end - a->low),
		.stack_size = (uint32_t)(data - a->low),
		.data_size = (uint32_t)((uintptr_t)i->heap_end - data),
		.tls_offset = (uint32_t)((uintptr_t)i->main_block - data),
		.priority = (uint8_t)i->facts->priority,
		.ceiling = CEILING,
		.restart = TABLE_RESTART_FAILURE,
		.restart_limit = RESTART_LIMIT,
		.quantum_msec = QUANTUM_MSEC,
		.backoff_msec = BACKOFF_MSEC,
	};
}

/* Constructors run now for the sake of functions that the test calls itself; a start runs them again in fresh memory. */
static void add(struct area *a)
{
	struct service_plan plan = plan_of(a, simrules_id(life_count));

	plan.rules = simrules_of(life_count, &plan.rule_count);
	struct life *l = &lives[life_count++];

	service_add(&plan);
	*l = (struct life){ .area = a, .service = service_find(plan.name), .exit_status = -1 };
	pages_reset(a);
	locals_forget(a);
	a->instance.construct();
}

void device_reset(void)
{
	size_t count;
	struct area *areas = pages_areas(&count);

	transcript_clear();
	simboard_reset();
	windows_reset();
	simmodel_reset();
	core_init();
	life_count = 0;
	simrules_init(areas, count);
	standin_reset();
	for (size_t i = 0; i < count; i++)
		add(&areas[i]);
}

struct life *device_life(const char *name)
{
	for (struct life *l = lives; l < lives + life_count; l++)
		if (!strcmp(l->area->instance.facts->name, name))
			return l;
	return NULL;
}

size_t device_place(const struct life *l)
{
	return (size_t)(l - lives);
}

struct life *device_life_of(const struct area *a)
{
	return &lives[a - lives->area];	/* areas and lives have one order */
}

/* port_clear makes all of its RAM new at the first piece (simport.c): most of it is room for stacks, and need not be gone through. */
static void skip_what_is_fresh(struct service *s)
{
	if (s->cleared && s->cleared < s->plan.ram_extent)
		s->cleared = s->plan.ram_extent;
}

void device_start(struct life *l)
{
	if (l->service->run_count != 0)
		return;
	service_start(l->service);
	/* Its memory is fresh from now on: a test may change it before time passes. */
	struct thread *t = thread_next(l->service, NULL);

	while (t && t->work) {
		t->work(t);
		skip_what_is_fresh(l->service);
	}
	clock_run();	/* no call of a service may follow that would set the alarm */
	pages_open_all();	/* for the test, which may call a function of another service next */
}

const char *device_cause(enum core_cause cause)
{
	static const char *const text[] = {
#define CORE_CAUSE(number, name, text) [number] = text,
#include "causes.def"
#undef CORE_CAUSE
	};

	return text[cause];
}

const struct device_faults *device_faults(void)
{
	return &faults;
}

uint64_t device_heap_used(void)
{
	uint64_t used = 0;

	for (const struct life *l = lives; l < lives + life_count; l++)
		if (l->service->state == SERVICE_RUNNING || !l->service->run_count)
			used += l->area->instance.heap_used();
	return used;
}

static void note_fault(struct life *l, const struct core_fault *f)
{
	tracehash_fault((uint32_t)device_place(l), f->cause, simboard_now());
	l->faulted = true;
	l->fault = *f;
	l->fault_own_pc = backtrace_own();
	l->fault_nsec = simboard_now();
	l->fault_thread = running;
	faults = (struct device_faults){ faults.count + 1, l->area->instance.facts->name, device_cause(f->cause), l->fault_own_pc };
}

static void note_exit(struct life *l, const struct port_context *c, int status)
{
	struct core_fault f = { .cause = CORE_CAUSE_ABORT };

	if (status != MS_EXIT_ABORT) {
		l->exit_status = status;
		return;
	}
	port_where(c, &f);
	note_fault(l, &f);
}

static uint32_t newest_event(struct event *e)
{
	return event_get(0, e) ? e->number + 1 : 0;
}

/* A call may be a fault of who makes it, or of who is told that it was wrong (psa_reply). */
static void note_fault_of_call(const struct life *caller, uint32_t before)
{
	struct event e;

	if (newest_event(&e) == before || e.kind != EVENT_FAULT)
		return;
	for (struct life *l = lives; l < lives + life_count; l++) {
		if (l->service->plan.id != e.service)
			continue;
		note_fault(l, &e.fault);
		if (l != caller)
			l->fault_own_pc = 0;	/* that of who runs now is another */
	}
}

static void fault(struct life *l, const struct core_fault *f)
{
	note_fault(l, f);
	core_fault(f);
}

/* A device's register: the access of a processor, not a call. */
static void access_register(struct life *l, struct port_context *context, const struct core_call *call)
{
	bool write = call->number == REGISTER_WRITE;
	struct core_fault f = { .cause = write ? CORE_CAUSE_WRITE : CORE_CAUSE_READ, .address_valid = true, .address = call->argument[0] };
	uint64_t value = 0;

	simboard_pass(SIMBOARD_REGISTER_NSEC);
	if (simmodel_access(call, l->area, &value)) {
		port_result(context, MS_OK, value);
		return;
	}
	port_where(context, &f);
	fault(l, &f);
}

/* It goes on, with what came of its last call. */
static void resume(struct carrier *c, struct life *l)
{
	if (c->called)
		tracehash_result((uint32_t)device_place(l), running, &c->result, simboard_now());
	c->called = false;
	pages_enter(c->area);
	locals_enter(c->area, c->block);
	schedule_resume((uintptr_t)c->area->instance.own_end);
}

static void answer(struct carrier *c, struct life *l, struct core_call *call)
{
	c->called = true;
	tracehash_call((uint32_t)device_place(l), running, call, simboard_now());
	core_syscall(call);
}

/* Let a thread run until it calls or faults, and core decide what comes of it. */
static void step(struct thread *t)
{
	struct port_context *context = core_context(t);
	struct carrier *c = context->carrier;
	struct life *l = device_life_of(c->area);
	struct core_call call;
	struct core_fault f;
	struct event newest;

	running = t->number;
	resume(c, l);
	enum carrier_event event = carrier_run(c, &call, &f);
	if (event == CARRIER_ANSWERED)
		return;
	schedule_pause(event == CARRIER_CALL && call.number == SCHEDULE_POINT);
	if (event == CARRIER_FAULT) {
		fault(l, &f);
		return;
	}
	if (call.number == SCHEDULE_POINT) {
		schedule_stopped();
		return;
	}
	if (call.number == REGISTER_READ || call.number == REGISTER_WRITE) {
		access_register(l, context, &call);
		return;
	}
	simboard_pass(SIMBOARD_CALL_NSEC);
	if (call.number == MS_SYS_exit)
		note_exit(l, context, (int)call.argument[0]);
	if (call.number == STAND_IN_ASK) {
		port_result(context, MS_OK, 0);
		stopped = standin_asked(l);
		return;
	}

	uint32_t before = newest_event(&newest);

	if (call.number == MS_SYS_yield)
		schedule_yielded();
	answer(c, l, &call);
	note_fault_of_call(l, before);
}

/* They touch nothing but the caller's memory and the kernel's, end no thread and need little stack. */
static bool concerns_caller_alone(uint32_t number)
{
	switch (number) {
	case MS_SYS_yield:
	case MS_SYS_clock_get:
	case MS_SYS_random:
	case MS_SYS_info:
	case MS_SYS_thread_self:
	case MS_SYS_futex_wait:
	case MS_SYS_futex_wake:
	case MS_SYS_futex_swap:
		return true;
	default:
		return false;
	}
}

/* Would device_run let it go on next? */
static bool goes_on(const struct thread *t)
{
	return core_current() == t && !core_busy(t) && !simboard_alarm_waits() && !simmodel_any() && simboard_now() < end_nsec;
}

enum device_answer device_answer(const struct core_call *asked, struct carrier *c)
{
	struct life *l = device_life_of(c->area);
	const struct thread *t = core_current();
	struct core_call call = *asked;

	if (!schedule_is_plain() || !concerns_caller_alone(call.number) || c->frame - c->stack_low < ANSWER_ROOM)
		return DEVICE_ASKED;
	schedule_pause(false);
	simboard_pass(SIMBOARD_CALL_NSEC);
	answer(c, l, &call);
	if (!goes_on(t))
		return DEVICE_ANSWERED;
	resume(c, l);
	return DEVICE_GOES_ON;
}

/* The current thread, or one that the schedule puts in its place, unless time passes instead. */
static void go_on(void)
{
	if (schedule_choose() && !core_busy(core_current()))
		step(core_current());
}

/* Nothing runs: skip to what comes next, no further than the limit.  False when it was reached. */
static bool wait(uint64_t until_nsec, bool reach)
{
	return (reach || clock_next() != MS_FOREVER) && simboard_jump(until_nsec);
}

void device_run(uint64_t until_nsec, bool reach)
{
	strays_catch();
	running_now = true;
	end_nsec = until_nsec;
	for (stopped = false; !stopped;) {
		while (core_work())
			;
		struct thread *t = core_current();

		if (simboard_alarm_due())
			core_alarm();
		else if (simmodel_interrupt())
			continue;
		else if (t && simboard_now() < until_nsec)
			go_on();
		else if (t || !wait(until_nsec, reach))
			break;
	}
	device_leave();
}

void device_leave(void)
{
	pages_open_all();
	if (running_now)
		strays_release();
	running_now = false;
}
