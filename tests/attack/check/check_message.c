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
	if (m->caller && (m->caller->service != m->client || m->caller->message != m || m->caller->waits_for != THREAD_REPLY))
		return "a message's caller does not wait for it";
	for (unsigned i = 0; m->caller && i < (unsigned)m->inputs + m->outputs; i++)
		if (!(i < m->inputs ? service_may_read : service_may_write)(m->client, m->vector[i].base, m->vector[i].left))
			return "a vector is not its client's memory";
	return NULL;
}

const char *check_messages(void)
{
	int used = 0;
	const char *why = NULL;

	for (const struct message *m = pool; !why && m < pool + MESSAGE_MAX; m++) {
		used += m->state != MESSAGE_FREE;
		if (m->state != MESSAGE_FREE)
			why = check_message(m);
	}
	if (!why && used + free_count() != MESSAGE_MAX)
		return "a message is neither free nor used";
	if (!why && used != messages_held())
		return "the shares of messages do not add up";
	return why;
}
