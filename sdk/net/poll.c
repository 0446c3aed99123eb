/* SPDX-License-Identifier: Apache-2.0 */
#include <poll.h>

#include <errno.h>

#include <ms/syscall.h>

#include "cancellation.h"
#include "ready.h"
#include "socket_of.h"

#define NSEC_PER_MSEC UINT64_C(1000000)

static uint32_t wanted_by(const struct pollfd *p)
{
	return (p->events & (POLLIN | POLLRDNORM) ? MS_NETWORK_READ : 0u) | (p->events & POLLOUT ? MS_NETWORK_WRITE : 0u);
}

/* POLLHUP and POLLOUT exclude each other. */
static short told(const struct pollfd *p, uint32_t is)
{
	int all = (is & MS_NETWORK_READ ? p->events & (POLLIN | POLLRDNORM) : 0) | (is & MS_NETWORK_FAILED ? POLLERR : 0) |
		  (is & MS_NETWORK_INVALID ? POLLNVAL : 0) | (is & MS_NETWORK_ENDED ? POLLHUP : is & MS_NETWORK_WRITE ? p->events & POLLOUT : 0);

	return (short)all;
}

int poll(struct pollfd fds[], nfds_t count, int timeout_msec)
{
	struct ready_entry entries[DESCRIPTOR_MAX];
	uint64_t deadline = timeout_msec < 0 ? MS_FOREVER : ms_clock() + (uint64_t)timeout_msec * NSEC_PER_MSEC;

	cancellation_point();
	if (count > DESCRIPTOR_MAX)
		return ms_socket_result(-EINVAL);
	for (nfds_t i = 0; i < count; i++)
		entries[i] = (struct ready_entry){ .fd = fds[i].fd, .wanted = wanted_by(&fds[i]) };
	int rc = ms_ready_wait(entries, count, deadline), n = 0;

	for (nfds_t i = 0; rc >= 0 && i < count; i++) {
		fds[i].revents = told(&fds[i], entries[i].is);
		n += fds[i].revents != 0;
	}
	return rc < 0 ? ms_socket_result(rc) : n;
}
