/* SPDX-License-Identifier: Apache-2.0 */
/* message.c, and what holds of messages: each is free or of a client that runs, and counted in its share. */
#include "message.c"

#include "check.h"

static int free_count(void)
{
	int n = 0;

	for (const struct message *m = unused; m && n <= MESSAGE_MAX; m = m->next)
		n++;
	return n;
}

static const char *check_message(const struct message *m)
{
	if (!is_service(m->client) || !m->endpoint || !m->endpoint->rule)
		return "a message is of nobody or for nobody";
	if (m->inputs + m->outputs > PSA_MAX_IOVEC)
		return "a message has too many vectors";
	if (m->caller && (m->caller->service != m->client || m->caller->message != m || m->caller->state != THREAD_REPLY))
		return "a message's caller does not wait for it";
	for (unsigned i = 0; m->caller && i < (unsigned)m->inputs + m->outputs; i++)
		if (!(i < m->inputs ? service_may_read : service_may_write)(m->client, m->vector[i].base, m->vector[i].left))
			return "a vector is not its client's memory";
	return NULL;
}

/* With CHECK_PLANTED core gives a message to another client, once: to show that this is found. */
static void plant(void)
{
#ifdef CHECK_PLANTED
	static unsigned looked;

	looked++;
	for (struct message *m = pool; looked >= CHECK_PLANTED && m < pool + MESSAGE_MAX; m++)
		if (m->state != MESSAGE_FREE && !m->caller) {
			m->client = service_next(service_next(NULL) == m->client ? m->client : NULL);
			looked = 0;
		}
#endif
}

const char *check_messages(void)
{
	int used = 0, of[SERVICE_MAX] = { 0 };
	const char *why = NULL;

	plant();
	for (const struct message *m = pool; !why && m < pool + MESSAGE_MAX; m++) {
		used += m->state != MESSAGE_FREE;
		if (m->state == MESSAGE_FREE)
			continue;
		why = check_message(m);
		if (!why)
			of[service_number(m->client)]++;
	}
	if (!why && used + free_count() != MESSAGE_MAX)
		return "a message is neither free nor used";
	for (unsigned i = 0; !why && i < SERVICE_MAX; i++)
		if (!has_messages(i, of[i]))
			why = "a service's share of messages is not what it holds";
	return why;
}
