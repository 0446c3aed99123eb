/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "socket_of.h"

static void from_v4(struct ms_network_address *to, const void *address)
{
	struct sockaddr_in in;

	memcpy(&in, address, sizeof(in));
	to->family = MS_NETWORK_IPV4;
	to->port = ntohs(in.sin_port);
	memcpy(to->ip, &in.sin_addr, sizeof(in.sin_addr));
}

static void from_v6(struct ms_network_address *to, const void *address)
{
	struct sockaddr_in6 in;

	memcpy(&in, address, sizeof(in));
	to->family = MS_NETWORK_IPV6;
	to->port = ntohs(in.sin6_port);
	to->scope = in.sin6_scope_id;
	memcpy(to->ip, &in.sin6_addr, sizeof(in.sin6_addr));
}

int ms_address_in(struct ms_network_address *to, const struct sockaddr *from, socklen_t size, uint8_t family)
{
	sa_family_t said;

	memset(to, 0, sizeof(*to));
	if (!from || size < sizeof(said))
		return -EINVAL;
	memcpy(&said, from, sizeof(said));
	if (said != family)
		return -EAFNOSUPPORT;
	if (size < (family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6)))
		return -EINVAL;
	if (family == AF_INET)
		from_v4(to, from);
	else
		from_v6(to, from);
	return 0;
}

static void cut(struct sockaddr *to, socklen_t *size, const void *whole, socklen_t whole_size)
{
	memcpy(to, whole, *size < whole_size ? *size : whole_size);
	*size = whole_size;
}

void ms_address_out(struct sockaddr *to, socklen_t *size, const struct ms_network_address *from)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(from->port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(from->port), .sin6_scope_id = from->scope };

	if (!to || !size)
		return;
	memcpy(&v4.sin_addr, from->ip, sizeof(v4.sin_addr));
	memcpy(&v6.sin6_addr, from->ip, sizeof(v6.sin6_addr));
	if (from->family == MS_NETWORK_IPV4)
		cut(to, size, &v4, sizeof(v4));
	else
		cut(to, size, &v6, sizeof(v6));
}
