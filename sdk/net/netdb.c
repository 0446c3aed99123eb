/* SPDX-License-Identifier: Apache-2.0 */
#include <netdb.h>

#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FLAGS = AI_PASSIVE | AI_CANONNAME | AI_NUMERICHOST | AI_NUMERICSERV | AI_V4MAPPED | AI_ALL | AI_ADDRCONFIG };

/* One entry of a list, with what it points to. */
struct entry {
	struct addrinfo info;
	struct sockaddr_storage address;
	char name[];
};

static const int families[] = { AF_INET, AF_INET6 }, types[] = { SOCK_STREAM, SOCK_DGRAM };

static int protocol_of(int type)
{
	return type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
}

static int check(const char *host, const char *service, const struct addrinfo *h)
{
	if (!host && !service)
		return EAI_NONAME;
	if (h->ai_flags & ~FLAGS || (h->ai_flags & AI_CANONNAME && !host))
		return EAI_BADFLAGS;
	if (h->ai_family != AF_UNSPEC && h->ai_family != AF_INET && h->ai_family != AF_INET6)
		return EAI_FAMILY;
	if (h->ai_socktype != 0 && h->ai_socktype != SOCK_STREAM && h->ai_socktype != SOCK_DGRAM)
		return EAI_SOCKTYPE;
	return h->ai_protocol && h->ai_socktype && h->ai_protocol != protocol_of(h->ai_socktype) ? EAI_SOCKTYPE : 0;
}

/* Services have no names here, only numbers. */
static int port_of(const char *service, const struct addrinfo *h, in_port_t *port)
{
	char *end;

	*port = 0;
	if (!service)
		return 0;
	unsigned long number = isdigit((unsigned char)*service) ? strtoul(service, &end, 10) : UINT16_MAX + 1ul;

	if (number > UINT16_MAX || *end)
		return h->ai_flags & AI_NUMERICSERV ? EAI_NONAME : EAI_SERVICE;
	*port = htons((uint16_t)number);
	return 0;
}

/* The host's address in a family; false when it has none there. */
static bool address_of(const char *host, int family, const struct addrinfo *h, void *to)
{
	struct in_addr v4 = { htonl(h->ai_flags & AI_PASSIVE ? INADDR_ANY : INADDR_LOOPBACK) };
	bool local = !host || (!(h->ai_flags & AI_NUMERICHOST) && strcmp(host, "localhost") == 0);

	if (!local)
		return inet_pton(family, host, to) == 1;
	if (host)
		v4.s_addr = htonl(INADDR_LOOPBACK);
	if (family == AF_INET)
		memcpy(to, &v4, sizeof(v4));
	else
		memcpy(to, !host && h->ai_flags & AI_PASSIVE ? &in6addr_any : &in6addr_loopback, sizeof(in6addr_any));
	return true;
}

static struct entry *entry_of(const char *host, int family, int type, in_port_t port, const struct addrinfo *h)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = port };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = port };
	size_t name_size = h->ai_flags & AI_CANONNAME ? strlen(host) + 1 : 0;
	struct entry *e = calloc(1, sizeof(*e) + name_size);

	if (!e)
		return NULL;
	address_of(host, family, h, family == AF_INET ? (void *)&v4.sin_addr : &v6.sin6_addr);
	memcpy(&e->address, family == AF_INET ? (void *)&v4 : &v6, family == AF_INET ? sizeof(v4) : sizeof(v6));
	e->info = (struct addrinfo){ .ai_family = family, .ai_socktype = type, .ai_protocol = protocol_of(type),
				     .ai_addrlen = family == AF_INET ? sizeof(v4) : sizeof(v6), .ai_addr = (struct sockaddr *)&e->address };
	if (name_size)
		e->info.ai_canonname = memcpy(e->name, host, name_size);
	return e;
}

static bool wants(int wanted, int is)
{
	return wanted == 0 || wanted == is;
}

/* Every family and type that fits, in order: 0, EAI_NONAME, EAI_MEMORY. */
static int list(const char *host, in_port_t port, const struct addrinfo *h, struct addrinfo **first)
{
	struct in6_addr scratch;
	struct addrinfo **last = first;

	for (unsigned i = 0; i < 4; i++) {
		int family = families[i / 2], type = types[i % 2];

		if (!wants(h->ai_family, family) || !wants(h->ai_socktype, type) || !wants(h->ai_protocol, protocol_of(type)) ||
		    !address_of(host, family, h, &scratch))
			continue;
		struct entry *e = entry_of(host, family, type, port, h);

		if (!e)
			return EAI_MEMORY;
		*last = &e->info;
		last = &e->info.ai_next;
	}
	return *first ? 0 : EAI_NONAME;
}

int getaddrinfo(const char *restrict host, const char *restrict service, const struct addrinfo *restrict hints,
		struct addrinfo **restrict found)
{
	static const struct addrinfo any;
	struct addrinfo *first = NULL;
	in_port_t port;
	const struct addrinfo *h = hints ? hints : &any;
	int rc = check(host, service, h);

	if (rc == 0)
		rc = port_of(service, h, &port);
	if (rc == 0)
		rc = list(host, port, h, &first);
	if (rc == 0)
		*found = first;
	else
		freeaddrinfo(first);
	return rc;
}

void freeaddrinfo(struct addrinfo *found)
{
	for (struct addrinfo *next; found; found = next) {
		next = found->ai_next;
		free(found);
	}
}

static int write_service(in_port_t port, char *to, socklen_t size)
{
	return to && size && (socklen_t)snprintf(to, size, "%u", ntohs(port)) >= size ? EAI_OVERFLOW : 0;
}

int getnameinfo(const struct sockaddr *restrict address, socklen_t size, char *restrict host, socklen_t host_size,
		char *restrict service, socklen_t service_size, int flags)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	bool is_v4 = size >= sizeof(v4) && address->sa_family == AF_INET, is_v6 = size >= sizeof(v6) && address->sa_family == AF_INET6;

	if (!is_v4 && !is_v6)
		return EAI_FAMILY;
	if (flags & NI_NAMEREQD || ((!host || !host_size) && (!service || !service_size)))
		return EAI_NONAME;
	memcpy(is_v4 ? (void *)&v4 : &v6, address, is_v4 ? sizeof(v4) : sizeof(v6));
	if (host && host_size && !inet_ntop(address->sa_family, is_v4 ? (void *)&v4.sin_addr : &v6.sin6_addr, host, host_size))
		return EAI_OVERFLOW;
	return write_service(is_v4 ? v4.sin_port : v6.sin6_port, service, service_size);
}

const char *gai_strerror(int number)
{
	static const char *const texts[] = {
		[0] = "no error", [EAI_AGAIN] = "not now, try again", [EAI_BADFLAGS] = "wrong flags", [EAI_FAIL] = "failed for good",
		[EAI_FAMILY] = "no such address family", [EAI_MEMORY] = "out of memory", [EAI_NONAME] = "no such host, and no names are known here",
		[EAI_SERVICE] = "no such port, and no names of services are known here", [EAI_SOCKTYPE] = "no such socket type",
		[EAI_SYSTEM] = "errno says what", [EAI_OVERFLOW] = "does not fit",
	};

	return number >= 0 && number < (int)(sizeof(texts) / sizeof(*texts)) ? texts[number] : "unknown error";
}
