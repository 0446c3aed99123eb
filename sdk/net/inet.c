/* SPDX-License-Identifier: Apache-2.0 */
/* IPv4 addresses as texts, the order of the wire, and the two addresses of IPv6 that have names. */
#include <arpa/inet.h>

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT;
const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

uint32_t (htonl)(uint32_t host)
{
	return htonl(host);
}

uint16_t (htons)(uint16_t host)
{
	return htons(host);
}

uint32_t (ntohl)(uint32_t net)
{
	return ntohl(net);
}

uint16_t (ntohs)(uint16_t net)
{
	return ntohs(net);
}

/* One number of an address: 0x.. and 0.. as in C.  strtoul alone would take signs and spaces, too. */
static int number(const char **text, unsigned long *value)
{
	char *end;
	int error = errno;

	if (!isdigit((unsigned char)**text))
		return -1;
	errno = 0;
	*value = strtoul(*text, &end, 0);
	int failed = errno != 0 || *value > UINT32_MAX;

	errno = error;
	*text = end;
	return failed ? -1 : 0;
}

/* The last of the numbers fills all bytes that are left. */
in_addr_t inet_addr(const char *text)
{
	unsigned long value;
	uint32_t address = 0;

	for (unsigned i = 0; i < 4; i++) {
		if (number(&text, &value) < 0)
			return INADDR_NONE;
		if (*text == '.') {
			if (value > 0xff || i == 3)
				return INADDR_NONE;
			address |= (uint32_t)value << (24 - 8 * i);
			text++;
			continue;
		}
		if (*text && !isspace((unsigned char)*text))
			return INADDR_NONE;
		return value >> (32 - 8 * i) > 0 && i > 0 ? INADDR_NONE : htonl(address | (uint32_t)value);
	}
	return INADDR_NONE;
}

char *inet_ntoa(struct in_addr in)
{
	static char text[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &in, text, sizeof(text));
	return text;
}
