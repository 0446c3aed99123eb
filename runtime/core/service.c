/* SPDX-License-Identifier: Apache-2.0 */
#include "service.h"

#include <ms/abi/abi.h>

#include "capacity.h"
#include "core_assert.h"
#include "event.h"
#include "device.h"
#include "log.h"
#include "mapping.h"
#include "message.h"
#include "shared.h"
#include "table.h"
#include "verdict.h"

#define NSEC_PER_MSEC UINT64_C(1000000)
#define NSEC_PER_SEC UINT64_C(1000000000)

enum { CLEAR_PIECE = 1024 };	/* bytes cleared before an interrupt may be served */

static struct service services[SERVICE_MAX];
static uint32_t service_count;

void service_init(void)
{
	service_count = 0;
	endpoint_init();
	message_init();
	device_init();
	shared_init();
}

uintptr_t service_data_base(const struct service *s)
{
	return s->plan.ram + s->plan.stack_size;
}

static bool inside(uintptr_t base, uint32_t length, uintptr_t at, size_t size)
{
	return size <= length && at - base <= length - size;
}

bool service_has(const struct service *s, uintptr_t at, size_t size)
{
	return inside(s->plan.ram, s->plan.ram_extent, at, size);
}

bool service_may_write(const struct service *s, uintptr_t at, size_t size)
{
	return size == 0 || service_has(s, at, size) || mapping_covers(s, at, size, true);
}

bool service_may_read(const struct service *s, uintptr_t at, size_t size)
{
	return size == 0 || service_has(s, at, size) || inside(s->plan.image, s->plan.image_extent, at, size) ||
	       mapping_covers(s, at, size, false);
}

const struct table_rule *service_rule(const struct service *s, uint32_t object)
{
	for (const struct table_rule *r = s->plan.rules; r < s->plan.rules + s->plan.rule_count; r++)
		if (r->object == object)
			return r;
	return NULL;
}

static void restart_due(struct timer *t)
{
	struct service *s = LIST_OF(struct service, restart, t);

	core_assert(s->state == SERVICE_BACKOFF);
	service_start(s);
}

static void protect(struct port_protection *p, const struct service_plan *plan)
{
	port_protect(p, 0, &(struct port_region){ plan->image, plan->image_extent, PORT_READ_EXECUTE });
	port_protect(p, 1, &(struct port_region){ plan->ram, plan->ram_extent, PORT_READ_WRITE });
}

int service_add(const struct service_plan *plan)
{
	struct service *s = &services[service_count];

	if (service_count == SERVICE_MAX)
		return -MS_ENOMEM;
	*s = (struct service){ .plan = *plan, .quantum_nsec = plan->quantum_msec * NSEC_PER_MSEC };
	timer_init(&s->restart, restart_due);
	list_init(&s->waiters);
	if (!endpoint_declare(plan->rules, plan->rule_count, s))
		return -MS_ENOMEM;
	if (!device_declare(s)) {
		endpoint_declare(plan->rules, plan->rule_count, NULL);
		return -MS_EFORMAT;
	}
	service_count++;
	protect(&s->protection, plan);
	return MS_OK;
}

enum {
	PLAN_SIZE = offsetof(struct service_plan, image_hash) + 8,
	PLAN_POINTERS = 5 * sizeof(uintptr_t) + sizeof(struct bytes), PLAN_WORDS = 11,
};
_Static_assert(PLAN_SIZE == PLAN_POINTERS + 4 * PLAN_WORDS + 8, "a gap would have no value to compare");

void service_confirm(const struct service_plan *again, uint32_t steps)
{
	struct service *s = service_of(again->id);
	struct port_protection p = { 0 };

	if (!s)
		return;
	protect(&p, again);
	verdict_step(&steps, verdict_same(&s->plan, again, PLAN_SIZE / sizeof(uint32_t)));
	verdict_step(&steps, verdict_same(&s->protection, &p, sizeof(p) / sizeof(uint32_t)));
	verdict_step(&steps, verdict_of(endpoint_fits(s->plan.rules, s->plan.rule_count) && device_declare(s)));
	s->plan.entry -= steps;
}

struct service *service_find(struct bytes name)
{
	for (struct service *s = services; s < services + service_count; s++)
		if (bytes_equal(s->plan.name, name))
			return s;
	return NULL;
}

struct service *service_of(uint32_t id)
{
	for (struct service *s = services; s < services + service_count; s++)
		if (s->plan.id == id)
			return s;
	return NULL;
}

struct service *service_next(const struct service *after)
{
	uint32_t i = after ? (uint32_t)(after - services) + 1 : 0;

	return i < service_count ? &services[i] : NULL;
}

void service_wake(struct service *s, uint32_t signals)
{
	s->wanted = 0;
	thread_wake(s->main, MS_OK, signals);
}

/* While it waits, none that it waits for is set: what wakes it is among these. */
void service_signal(struct service *s, uint32_t signals)
{
	s->asserted |= signals;
	if (s->wanted & signals)
		service_wake(s, signals & s->wanted);
}

uint32_t service_idle(void)
{
	uint32_t idle = 0;

	for (const struct service *s = services; s < services + service_count; s++)
		idle += s->state != SERVICE_RUNNING;
	return idle;
}

void service_start_all(void)
{
	for (struct service *s = services; s < services + service_count; s++)
		if (s->plan.start)
			service_start(s);
	clock_run();
}

static void stay_ended(struct service *s, enum service_state state)
{
	s->state = state;
	for (const struct service *other = services; other < services + service_count; other++)
		if (other->state == SERVICE_RUNNING || other->state == SERVICE_BACKOFF)
			return;
	log_event(NULL, "all services have ended");
}

/* What follows the first `done` bytes of all its memory: its RAM, then the blocks that it owns; false when nothing does. */
static bool memory_behind(const struct service *s, uint32_t done, struct port_region *out)
{
	const struct table_rule *r = s->plan.rules, *end = r + s->plan.rule_count;

	*out = (struct port_region){ s->plan.ram, s->plan.ram_extent, PORT_READ_WRITE };
	for (; done >= out->size; r++) {
		done -= out->size;
		while (r < end && !shared_owned(r))
			r++;
		if (r == end)
			return false;
		shared_region(r, out);
	}
	out->base += done;
	out->size -= done;
	return true;
}

/* The first work of a main thread: clear all memory, then begin at the entry (docs/abi.md, "Start"). */
static void begin(struct thread *t)
{
	struct service *s = t->service;
	const struct service_plan *p = &s->plan;
	uintptr_t data = service_data_base(s);
	struct port_region part;

	if (memory_behind(s, s->cleared, &part)) {
		uint32_t piece = part.size < CLEAR_PIECE ? part.size : CLEAR_PIECE;

		port_clear(part.base, piece);
		s->cleared += piece;
		return;
	}
	t->work = NULL;
	port_thread_init(&t->context, &(struct port_start){
		.protection = &s->protection,
		.entry = p->entry,
		.stack_low = p->ram,
		.stack_top = data,
		.data_base = data,
		.thread_pointer = data + p->tls_offset,
		.argument = { p->text, data, data + p->data_size, s->run_count },
		.fpu = p->fpu,
	});
}

void service_start(struct service *s)
{
	const struct service_plan *p = &s->plan;

	core_assert(!s->main && p->entry - p->text < p->text_size);
	struct thread *t = thread_take(s, p->priority, 0);

	if (!t) {
		log_event(s, "cannot start: no thread left");
		message_server_end(s);
		stay_ended(s, SERVICE_QUARANTINED);
		return;
	}
	s->state = SERVICE_RUNNING;
	s->started = clock_now();
	s->run_count++;
	s->cleared = 0;
	s->main = t;
	t->number = 0;
	message_server_begin(s);
	t->work = begin;
	thread_ready(t);
}

static void end_threads(struct service *s)
{
	s->main = NULL;
	s->wanted = 0;
	message_server_end(s);
	message_client_end(s);
	mapping_end(s);
	device_end(s);
	shared_end(s);
	for (struct thread *t = NULL; (t = thread_next(s, t));)
		thread_free(t);
}

static void back_off(struct service *s)
{
	unsigned doublings = s->failures - 1u < RESTART_DOUBLINGS ? s->failures - 1u : RESTART_DOUBLINGS;
	uint32_t delay_msec = (uint32_t)s->plan.backoff_msec << doublings;

	s->state = SERVICE_BACKOFF;
	timer_start(&s->restart, clock_now() + delay_msec * NSEC_PER_MSEC);
	log_event(s, "restart %d in %d ms", s->run_count, delay_msec);
}

uint32_t service_reset_limit(const struct service *s)
{
	if (s->plan.restart != TABLE_RESTART_REBOOT)
		return 0;
	return s->plan.restart_limit ? s->plan.restart_limit : EVENT_RESETS;
}

static void quarantine(struct service *s, const char *why)
{
	log_event(s, why);
	stay_ended(s, SERVICE_QUARANTINED);
	event_keep(EVENT_STORM, s, NULL, event_policy(EVENT_STORM) == TABLE_POLICY_RESET ? EVENT_RESETS : 0);
}

/* A service for which the device is reset comes here only when that was too often. */
void service_fail(struct service *s, bool for_good)
{
	end_threads(s);
	if (clock_now() - s->started >= RESTART_GOOD_SEC * NSEC_PER_SEC)
		s->failures = 0;
	if (s->failures < UINT8_MAX)
		s->failures++;
	if (for_good) {
		quarantine(s, "quarantined, as the product says");
	} else if (s->plan.restart == TABLE_RESTART_NEVER) {
		log_event(s, "stays stopped, as the product says");
		stay_ended(s, SERVICE_STOPPED);
	} else if (s->plan.restart == TABLE_RESTART_REBOOT || (s->plan.restart_limit && s->failures >= s->plan.restart_limit)) {
		quarantine(s, "failed too often: quarantined");
	} else {
		back_off(s);
	}
}

void service_exit(struct service *s, int32_t status)
{
	log_event(s, "ended with status %d", status);
	if (status != 0) {
		event_keep(EVENT_EXIT, s, &(struct core_fault){ .address = (uint32_t)status }, service_reset_limit(s));
		service_fail(s, false);
		return;
	}
	end_threads(s);
	stay_ended(s, SERVICE_STOPPED);
}
