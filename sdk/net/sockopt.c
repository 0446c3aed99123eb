/* SPDX-License-Identifier: Apache-2.0 */
/* Options: those of time are the library's own, as it is the one that waits; the others are the service's. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/time.h>

#include "socket_of.h"

#define NSEC_PER_SEC UINT64_C(1000000000)
enum { USEC_PER_SEC = 1000000, NSEC_PER_USEC = 1000, LINGER_MAX = UINT16_MAX - 1 };

/* The options whose value is an int of the service's. */
static const struct row { int level, name; uint8_t option; bool set; } rows[] = {
	{ SOL_SOCKET, SO_REUSEADDR, MS_NETWORK_REUSE_ADDRESS, true },
	{ SOL_SOCKET, SO_KEEPALIVE, MS_NETWORK_KEEP_ALIVE, true },
	{ SOL_SOCKET, SO_BROADCAST, MS_NETWORK_BROADCAST, true },
	{ IPPROTO_TCP, TCP_NODELAY, MS_NETWORK_NO_DELAY, true },
	{ SOL_SOCKET, SO_ERROR, MS_NETWORK_ERROR, false },
	{ SOL_SOCKET, SO_ACCEPTCONN, MS_NETWORK_LISTENS, false },
	{ SOL_SOCKET, SO_RCVBUF, MS_NETWORK_RECEIVE_SIZE, false },
	{ SOL_SOCKET, SO_SNDBUF, MS_NETWORK_SEND_SIZE, false },
};

static const struct row *row_of(int level, int name)
{
	for (const struct row *r = rows; r < rows + sizeof(rows) / sizeof(*rows); r++)
		if (r->level == level && r->name == name)
			return r;
	return NULL;
}

static int give(void *to, socklen_t *size, const void *from, socklen_t from_size)
{
	if (!to || !size)
		return -EINVAL;
	if (*size > from_size)
		*size = from_size;
	memcpy(to, from, *size);
	return 0;
}

static int give_int(void *to, socklen_t *size, int value)
{
	return give(to, size, &value, sizeof(value));
}

static int give_time(void *to, socklen_t *size, uint64_t nsec)
{
	struct timeval t = { .tv_sec = (time_t)(nsec / NSEC_PER_SEC), .tv_usec = (suseconds_t)(nsec % NSEC_PER_SEC / NSEC_PER_USEC) };

	return give(to, size, &t, sizeof(t));
}

/* What the service says of an option. */
static int ask(const struct descriptor *d, uint32_t option, uint32_t *value)
{
	struct exchange x = { .in.argument = option };
	int rc = ms_socket_ask(d, MS_NETWORK_GET, &x);

	*value = x.out.value;
	return rc;
}

static int give_linger(const struct descriptor *d, void *to, socklen_t *size)
{
	uint32_t linger;
	int rc = ask(d, MS_NETWORK_LINGER, &linger);

	return rc < 0 ? rc : give(to, size, &(struct linger){ linger != 0, linger ? (int)linger - 1 : 0 }, sizeof(struct linger));
}

static int get(const struct descriptor *d, int level, int name, void *to, socklen_t *size)
{
	const struct row *r = row_of(level, name);
	uint32_t value;

	if (r) {
		int rc = ask(d, r->option, &value);
		return rc < 0 ? rc : give_int(to, size, (int)value);
	}
	if (level == IPPROTO_IPV6 && name == IPV6_V6ONLY && d->family == AF_INET6)
		return give_int(to, size, 1);
	if (level != SOL_SOCKET)
		return -ENOPROTOOPT;
	switch (name) {
	case SO_TYPE: return give_int(to, size, d->type);
	case SO_DOMAIN: return give_int(to, size, d->family);
	case SO_PROTOCOL: return give_int(to, size, d->type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP);
	case SO_RCVTIMEO: return give_time(to, size, d->read_timeout_nsec);
	case SO_SNDTIMEO: return give_time(to, size, d->write_timeout_nsec);
	case SO_LINGER: return give_linger(d, to, size);
	default: return -ENOPROTOOPT;
	}
}

int getsockopt(int s, int level, int name, void *restrict value, socklen_t *restrict size)
{
	struct descriptor d;

	return ms_socket_of(s, &d) < 0 ? -1 : ms_socket_result(get(&d, level, name, value, size));
}

static int take(void *to, socklen_t to_size, const void *from, socklen_t size)
{
	if (!from || size != to_size)
		return -EINVAL;
	memcpy(to, from, to_size);
	return 0;
}

static void set_read_timeout(struct descriptor *d, const void *nsec)
{
	d->read_timeout_nsec = *(const uint64_t *)nsec;
}

static void set_write_timeout(struct descriptor *d, const void *nsec)
{
	d->write_timeout_nsec = *(const uint64_t *)nsec;
}

static int set_time(int s, bool read, const void *from, socklen_t size)
{
	struct timeval t;
	int rc = take(&t, sizeof(t), from, size);

	if (rc < 0)
		return rc;
	if (t.tv_usec < 0 || t.tv_usec >= USEC_PER_SEC || t.tv_sec < 0 || (uint64_t)t.tv_sec >= UINT64_MAX / NSEC_PER_SEC)
		return -EDOM;
	uint64_t nsec = (uint64_t)t.tv_sec * NSEC_PER_SEC + (uint64_t)t.tv_usec * NSEC_PER_USEC;

	return ms_descriptor_change(s, read ? set_read_timeout : set_write_timeout, &nsec) < 0 ? -EBADF : 0;
}

static int tell(const struct descriptor *d, uint32_t option, uint32_t value)
{
	struct exchange x = { .in.argument = option, .in.value = value };

	return ms_socket_ask(d, MS_NETWORK_SET, &x);
}

static int set_linger(const struct descriptor *d, const void *from, socklen_t size)
{
	struct linger l;
	int rc = take(&l, sizeof(l), from, size);

	if (rc < 0)
		return rc;
	if (l.l_onoff && (l.l_linger < 0 || l.l_linger > LINGER_MAX))
		return -EDOM;
	return tell(d, MS_NETWORK_LINGER, l.l_onoff ? (uint32_t)l.l_linger + 1 : 0);
}

static int set_v6only(const void *from, socklen_t size)
{
	int value, rc = take(&value, sizeof(value), from, size);

	return rc < 0 ? rc : value ? 0 : -EINVAL;
}

static int set(int s, const struct descriptor *d, int level, int name, const void *from, socklen_t size)
{
	const struct row *r = row_of(level, name);
	int value;

	if (r) {
		int rc = !r->set ? -ENOPROTOOPT : take(&value, sizeof(value), from, size);
		return rc < 0 ? rc : tell(d, r->option, value != 0);
	}
	if (level == IPPROTO_IPV6 && name == IPV6_V6ONLY && d->family == AF_INET6)
		return set_v6only(from, size);
	if (level != SOL_SOCKET)
		return -ENOPROTOOPT;
	switch (name) {
	case SO_RCVTIMEO: return set_time(s, true, from, size);
	case SO_SNDTIMEO: return set_time(s, false, from, size);
	case SO_LINGER: return set_linger(d, from, size);
	default: return -ENOPROTOOPT;
	}
}

int setsockopt(int s, int level, int name, const void *value, socklen_t size)
{
	struct descriptor d;

	return ms_socket_of(s, &d) < 0 ? -1 : ms_socket_result(set(s, &d, level, name, value, size));
}
