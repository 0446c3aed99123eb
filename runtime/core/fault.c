/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "capacity.h"
#include "log.h"

static struct {
	struct fault_record ring[FAULT_RECORD_MAX];
	uint32_t count;			/* since boot */
} records;

static void record(const struct service *s, const struct core_fault *f)
{
	struct fault_record *r = &records.ring[records.count++ % FAULT_RECORD_MAX];

	*r = (struct fault_record){ .when = clock_now(), .fault = *f };
	if (!s)
		return;
	r->service = s->plan.id;
	r->offset = (uint32_t)(f->pc - s->plan.text);
	for (unsigned i = 0; i < sizeof(r->image_hash); i++)
		r->image_hash[i] = s->plan.image_hash[i];
}

bool fault_record(uint32_t back, struct fault_record *out)
{
	if (back >= records.count || back >= FAULT_RECORD_MAX)
		return false;
	*out = records.ring[(records.count - 1 - back) % FAULT_RECORD_MAX];
	return true;
}

void fault_service(struct service *s, const struct core_fault *f)
{
	record(s, f);
	log_fault(s, f);
	service_fail(s);
}

void core_fault(const struct core_fault *f)
{
	struct thread *t = core_current();

	if (f->kernel || !t) {
		record(NULL, f);
		log_fault(NULL, f);
		port_halt();
	}
	fault_service(t->service, f);
	clock_run();
}
