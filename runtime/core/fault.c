/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "capacity.h"
#include "event.h"
#include "log.h"

void fault_service(struct service *s, const struct core_fault *f)
{
	uint32_t policy = event_policy(EVENT_FAULT);
	struct core_fault whole = *f;

	port_calls(&whole, s->plan.ram, s->plan.ram_extent, s->plan.text, s->plan.text_size);
	log_fault(event_keep(EVENT_FAULT, s, &whole, policy == TABLE_POLICY_RESET ? EVENT_RESETS : service_reset_limit(s)), false);
	service_fail(s, policy != TABLE_POLICY_RECORD);
}

void fault_thread(struct thread *t, enum core_cause cause)
{
	struct core_fault f = { .cause = cause };

	port_where(&t->context, &f);
	fault_service(t->service, &f);
}

void fault_caller(struct thread *self, struct core_call *call, enum core_cause cause)
{
	call->waits = true;
	fault_thread(self, cause);
}

/* The limit is beyond the one at which nothing is started any more: only what faults even then comes to the halt. */
void core_fault(const struct core_fault *f)
{
	struct thread *t = core_current();

	if (f->kernel || !t) {
		log_fault(event_keep(EVENT_KERNEL, NULL, f, EVENT_RESETS + 2), false);
		port_halt();
	}
	fault_service(t->service, f);
	clock_run();
}
