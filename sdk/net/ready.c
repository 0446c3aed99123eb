/* SPDX-License-Identifier: Apache-2.0 */
#include "ready.h"

#include <errno.h>

#include <ms/syscall.h>

#include "cancellation.h"
#include "socket_of.h"

enum { UNASKED = MS_NETWORK_FAILED | MS_NETWORK_ENDED | MS_NETWORK_INVALID };

/* What the service is asked: the sockets among the entries, and which entry each stands for. */
struct question {
	struct ms_network_event events[DESCRIPTOR_MAX];
	size_t count;
	uint32_t epoch;
};

/* What is no socket is always ready; what is of a session that has ended, too, and says so when it is used. */
static uint32_t at_once(const struct ready_entry *e, struct question *q)
{
	struct descriptor d;
	int error = errno, is_socket = ms_socket_of(e->fd, &d) == 0;

	if (!is_socket) {
		bool closed = errno == EBADF;

		errno = error;
		return closed ? MS_NETWORK_INVALID : e->wanted;
	}
	if (d.epoch != ms_session_epoch())
		return e->wanted | MS_NETWORK_FAILED | MS_NETWORK_ENDED;
	q->epoch = d.epoch;
	q->events[q->count++] = (struct ms_network_event){ d.handle, e->wanted };
	return 0;
}

/* The answer names sockets: each entry of that socket gets what it wanted of it. */
static void spread(struct ready_entry *entries, size_t count, const struct ms_network_event *ready)
{
	struct descriptor d;

	for (size_t i = 0; i < count; i++)
		if (entries[i].fd >= 0 && !entries[i].is && ms_descriptor_get(entries[i].fd, &d) == 0 && d.handle == ready->socket && d.epoch)
			entries[i].is = ready->events & (entries[i].wanted | UNASKED);
}

static int count_ready(const struct ready_entry *entries, size_t count)
{
	int n = 0;

	for (size_t i = 0; i < count; i++)
		n += entries[i].is != 0;
	return n;
}

/* What is ready without a wait, and the question for the rest. */
static int ask_at_once(struct ready_entry *entries, size_t count, struct question *q)
{
	q->count = 0;
	for (size_t i = 0; i < count; i++)
		entries[i].is = entries[i].fd < 0 ? 0 : at_once(&entries[i], q);
	return count_ready(entries, count);
}

/* Nothing is waited for but the time, or a signal. */
static int sleep_until(uint64_t deadline_nsec)
{
	uint64_t until = interruption_hook ? 0 : deadline_nsec;

	for (;;) {
		ms_sleep_until(until);
		if (until == deadline_nsec)
			return 0;
		if (ms_interrupted(false))
			return -EINTR;
		until = ms_next_look(deadline_nsec);
	}
}

int ms_ready_wait(struct ready_entry *entries, size_t count, uint64_t deadline_nsec)
{
	struct question q;
	struct ms_network_event ready[DESCRIPTOR_MAX];
	int n = ask_at_once(entries, count, &q);

	if (q.count == 0) {
		return n ? n : sleep_until(deadline_nsec);
	}
	int rc = ms_session_wait(q.epoch, q.events, ready, q.count, n ? 0 : deadline_nsec, false);

	if (rc == -ECONNRESET)		/* the service has ended: each of its sockets says so */
		return ask_at_once(entries, count, &q);
	for (int i = 0; i < rc; i++)
		spread(entries, count, &ready[i]);
	return rc < 0 ? rc : count_ready(entries, count);
}
