/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/select.h>

#include <errno.h>
#include <stdbool.h>
#include <sys/time.h>

#include <ms/syscall.h>

#include "cancellation.h"
#include "ready.h"
#include "socket_of.h"

#define NSEC_PER_SEC UINT64_C(1000000000)
enum { USEC_PER_SEC = 1000000, NSEC_PER_USEC = 1000 };

static bool in(int fd, const fd_set *set)
{
	return set && FD_ISSET(fd, set);
}

static uint32_t wanted_by(int fd, const fd_set *read, const fd_set *write)
{
	return (in(fd, read) ? MS_NETWORK_READ : 0u) | (in(fd, write) ? MS_NETWORK_WRITE : 0u);
}

/* Every number in a set must be of a descriptor: how many entries, or -EBADF. */
static int collect(struct ready_entry *entries, int limit, const fd_set *read, const fd_set *write, const fd_set *except)
{
	struct descriptor d;
	int count = 0;

	for (int fd = 0; fd < limit; fd++) {
		if (!in(fd, read) && !in(fd, write) && !in(fd, except))
			continue;
		if (ms_descriptor_get(fd, &d) < 0)
			return -EBADF;
		entries[count++] = (struct ready_entry){ .fd = fd, .wanted = wanted_by(fd, read, write) };
	}
	return count;
}

/* Leave in the set what has one of these events; how many are left. */
static int keep(fd_set *set, const struct ready_entry *entries, int count, uint32_t events)
{
	int n = 0;
	fd_set left;

	if (!set)
		return 0;
	FD_ZERO(&left);
	for (int i = 0; i < count; i++)
		if (FD_ISSET(entries[i].fd, set) && entries[i].is & events) {
			FD_SET(entries[i].fd, &left);
			n++;
		}
	*set = left;
	return n;
}

/* A connection that failed or has ended is readable and writable, and an exception. */
static int wait_until(int limit, fd_set *read, fd_set *write, fd_set *except, uint64_t deadline_nsec)
{
	enum { UNASKED = MS_NETWORK_FAILED | MS_NETWORK_ENDED };
	struct ready_entry entries[DESCRIPTOR_MAX];

	if (limit < 0 || limit > FD_SETSIZE)
		return -EINVAL;
	int count = collect(entries, limit, read, write, except);
	int rc = count < 0 ? count : ms_ready_wait(entries, (size_t)count, deadline_nsec);

	if (rc < 0)
		return rc;
	return keep(read, entries, count, MS_NETWORK_READ | UNASKED) + keep(write, entries, count, MS_NETWORK_WRITE | UNASKED) +
	       keep(except, entries, count, UNASKED);
}

static uint64_t after(uint64_t sec, uint64_t nsec)
{
	uint64_t now = ms_clock(), most = (MS_FOREVER - now) / NSEC_PER_SEC;

	return sec + 1 < most ? now + sec * NSEC_PER_SEC + nsec : MS_FOREVER;
}

int select(int limit, fd_set *read, fd_set *write, fd_set *except, struct timeval *timeout)
{
	uint64_t deadline = MS_FOREVER;

	cancellation_point();
	if (timeout) {
		if (timeout->tv_sec < 0 || timeout->tv_usec < 0 || timeout->tv_usec >= USEC_PER_SEC)
			return ms_socket_result(-EINVAL);
		deadline = after((uint64_t)timeout->tv_sec, (uint64_t)timeout->tv_usec * NSEC_PER_USEC);
	}
	return ms_socket_result(wait_until(limit, read, write, except, deadline));
}

/* What the mask lets through is looked for when nothing is ready, so nothing is lost in between. */
int pselect(int limit, fd_set *read, fd_set *write, fd_set *except, const struct timespec *timeout, const sigset_t *mask)
{
	uint64_t deadline = MS_FOREVER, blocked = 0;

	cancellation_point();
	if (timeout) {
		if (timeout->tv_sec < 0 || timeout->tv_nsec < 0 || (uint64_t)timeout->tv_nsec >= NSEC_PER_SEC)
			return ms_socket_result(-EINVAL);
		deadline = after((uint64_t)timeout->tv_sec, (uint64_t)timeout->tv_nsec);
	}
	if (mask && mask_hook)
		blocked = mask_hook(*mask);
	int rc = wait_until(limit, read, write, except, deadline);

	if (mask && mask_hook)
		mask_hook(blocked);
	return ms_socket_result(rc);
}
