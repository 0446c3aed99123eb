/* SPDX-License-Identifier: Apache-2.0 */
/* Places: an address and a port of one family.  Here there are 127.0.0.0/8 and ::1, and the two addresses that stand for any. */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include <ms/abi/network.h>

enum { PLACE_IP_SIZE = 16 };

/* Does it hold to the protocol: a family, and zeros where nothing is said? */
bool place_well_formed(const struct ms_network_address *p);

/* Is its address the one that stands for any?  Is it one that is here? */
bool place_is_any(const struct ms_network_address *p);
bool place_is_here(const struct ms_network_address *p);

/* May what is bound to `bound` be reached at `to`?  Would two that are bound collide? */
bool place_reaches(const struct ms_network_address *bound, const struct ms_network_address *to);
bool place_collides(const struct ms_network_address *one, const struct ms_network_address *other);

/* The same address and port? */
bool place_same(const struct ms_network_address *one, const struct ms_network_address *other);

/* No address yet of a family; and make of "any" the first address of the family. */
struct ms_network_address place_none(uint8_t family);
void place_settle(struct ms_network_address *p);

#endif
