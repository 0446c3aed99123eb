/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include <string.h>

static const uint8_t any[PLACE_IP_SIZE], one_v4[PLACE_IP_SIZE] = { 127, 0, 0, 1 }, one_v6[PLACE_IP_SIZE] = { [15] = 1 };

static bool zeros_from(const struct ms_network_address *p, size_t first)
{
	return memcmp(p->ip + first, any, PLACE_IP_SIZE - first) == 0;
}

bool place_well_formed(const struct ms_network_address *p)
{
	if (p->reserved)
		return false;
	switch (p->family) {
	case MS_NETWORK_NONE: return p->port == 0 && p->scope == 0 && zeros_from(p, 0);
	case MS_NETWORK_IPV4: return p->scope == 0 && zeros_from(p, 4);
	default: return p->family == MS_NETWORK_IPV6;
	}
}

bool place_is_any(const struct ms_network_address *p)
{
	return zeros_from(p, 0);
}

bool place_is_here(const struct ms_network_address *p)
{
	return p->family == MS_NETWORK_IPV4 ? p->ip[0] == 127 : memcmp(p->ip, one_v6, sizeof(one_v6)) == 0;
}

static bool same_port(const struct ms_network_address *one, const struct ms_network_address *other)
{
	return one->family == other->family && one->port == other->port;
}

static bool same_ip(const struct ms_network_address *one, const struct ms_network_address *other)
{
	return memcmp(one->ip, other->ip, PLACE_IP_SIZE) == 0;
}

bool place_reaches(const struct ms_network_address *bound, const struct ms_network_address *to)
{
	return same_port(bound, to) && (place_is_any(bound) || same_ip(bound, to));
}

bool place_collides(const struct ms_network_address *one, const struct ms_network_address *other)
{
	return same_port(one, other) && (place_is_any(one) || place_is_any(other) || same_ip(one, other));
}

bool place_same(const struct ms_network_address *one, const struct ms_network_address *other)
{
	return same_port(one, other) && same_ip(one, other);
}

struct ms_network_address place_none(uint8_t family)
{
	return (struct ms_network_address){ .family = family };
}

void place_settle(struct ms_network_address *p)
{
	if (place_is_any(p))
		memcpy(p->ip, p->family == MS_NETWORK_IPV4 ? one_v4 : one_v6, PLACE_IP_SIZE);
}
