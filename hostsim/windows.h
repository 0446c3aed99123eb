/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What services map besides their own memory: registers of devices, a page for each, and blocks of shared memory, which end
 * where a page does, so that running over the end of one is noticed.
 *
 * While a service runs, what it has mapped is open to it as it was granted, and all the rest is closed; otherwise all is open.
 */
#ifndef WINDOWS_H
#define WINDOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct area;
struct port_region;

enum {
	WINDOWS_DEVICES = 0x3d000000,	/* the first device's registers; a page each */
	WINDOWS_SHARED = 0x3d100000,	/* blocks, up to WINDOWS_END */
	WINDOWS_END = 0x3f000000,
};

/* Take the addresses.  Called once, before main. */
void windows_init(void);

/* Nothing is in any of them, and nothing mapped. */
void windows_reset(void);

/* Region `index` of a service, from 2 on, is this now; NULL: nothing. */
void windows_set(struct area *a, uint32_t index, const struct port_region *r);

/* Open what this service has mapped and close all else; or open all. */
void windows_enter(const struct area *a);
void windows_open_all(void);

/* Is it the address of one of them?  Has this service it mapped? */
bool windows_hold(uintptr_t at);
bool windows_mapped(const struct area *a, uintptr_t at, size_t size);

#endif
