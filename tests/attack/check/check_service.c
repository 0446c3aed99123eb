/* SPDX-License-Identifier: Apache-2.0 */
/* service.c, and what holds of services: their plans do not change, their states agree with their threads. */
#include "service.c"

#include "check.h"

static uint32_t sums[SERVICE_MAX], sum_count;

bool is_service(const struct service *s)
{
	return s >= services && s < services + service_count && ((uintptr_t)s - (uintptr_t)services) % sizeof(*s) == 0;
}

/* Of what is never written after service_add: the plan, and image and RAM in the protection. */
static uint32_t sum_of(const struct service *s)
{
	uint32_t sum = 0;

	for (const uint32_t *at = (const uint32_t *)&s->plan; at < (const uint32_t *)(&s->plan + 1); at++)
		sum = sum * 31 + *at;
	for (const uint32_t *at = (const uint32_t *)&s->protection.region[0]; at < (const uint32_t *)&s->protection.region[2]; at++)
		sum = sum * 31 + *at;
	return sum;
}

static const char *check_state(const struct service *s)
{
	bool has_thread = thread_next(s, NULL) != NULL;

	if (s->state > SERVICE_QUARANTINED)
		return "a service is in no state";
	if (has_thread != (s->state == SERVICE_RUNNING))
		return "a service's threads do not fit its state";
	if (s->main && s->main->service != s)
		return "a service's main thread is another's";
	if (s->asserted & ~(s->signals | PSA_DOORBELL) || s->interrupts & ~s->signals)
		return "a service has a signal that is none of its own";
	if (timer_running(&s->restart) != (s->state == SERVICE_BACKOFF))
		return "a service's restart does not fit its state";
	return NULL;
}

static const char *check_waiters(const struct service *s)
{
	if (list_count(&s->waiters, THREAD_MAX) < 0)
		return "a list of waiters is broken";
	for (const struct link *at = s->waiters.next; at != &s->waiters; at = at->next) {
		const struct thread *t = LIST_OF(const struct thread, link, at);

		if (t->service != s || t->state != THREAD_FUTEX || !service_may_write(s, t->futex, 4))
			return "who waits for a word is not its service's";
	}
	return NULL;
}

unsigned service_number(const struct service *s)
{
	return (unsigned)(s - services);
}

bool has_messages(unsigned number, int count)
{
	return (number < service_count ? services[number].messages : 0) == count;
}

const char *check_services(void)
{
	const char *why = NULL;

	for (; sum_count < service_count; sum_count++)
		sums[sum_count] = sum_of(&services[sum_count]);
	for (uint32_t i = 0; !why && i < service_count; i++) {
		if (sums[i] != sum_of(&services[i]))
			return "a service's plan has changed";
		why = check_state(&services[i]);
		if (!why)
			why = check_waiters(&services[i]);
		if (!why)
			why = check_mappings(&services[i]);
	}
	return why;
}
