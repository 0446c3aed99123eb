/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events: what happened that somebody must learn of, be it after a reset.
 *
 * They lie in a ring in memory that a reset leaves as it is.  A record counts
 * when its checksum holds, and a new one takes the place of the oldest: cut
 * off anywhere, writing leaves all but the oldest.  What power-up leaves in that
 * memory is no record.  Those that no one was told of before a reset are told at the next start.
 *
 * Here is also where the device is reset, and where a loop of resets ends: a
 * reset counts as one more in a row when the device ran less than
 * RESTART_GOOD_SEC before it.
 */
#ifndef EVENT_H
#define EVENT_H

#include "clock.h"
#include "port.h"
#include "table.h"

struct service;

enum event_kind {
	EVENT_FAULT = TABLE_EVENT_FAULT,	/* of a service */
	EVENT_REFUSED = TABLE_EVENT_REFUSED,	/* a table or an image */
	EVENT_STORM = TABLE_EVENT_STORM,	/* a service failed too often in a row */
	EVENT_KERNEL,				/* the kernel's own fault, a failed assertion of it */
	EVENT_EXIT,				/* a service ended with a status (fault.address) for which the device is reset */
	EVENT_WATCHDOG,				/* a reset that the kernel did not ask for */
};

struct event {
	volatile uint32_t check;			/* over what follows, up to told */
	uint32_t number;		/* goes on over resets */
	struct clock_stamp when;	/* since that start of the device */
	uint32_t service;		/* id; 0: none */
	uint8_t kind, resets;		/* resets in a row, this event's own included */
	uint8_t image_hash[8];
	uint32_t offset;		/* of fault.pc from text base */
	struct core_fault fault;
	uint32_t told;			/* it was printed */
};

/* Find what a reset has left.  The watchdog's reset becomes an event here. */
void event_init(void);

/*
 * Keep one, about a service or (NULL) the kernel; `f` may be NULL.  Then reset the device, unless that would be the reset of
 * number `reset_limit` or a later one in a row: 0 and 1 never do.  What is returned lies there until EVENT_MAX others have come.
 */
struct event *event_keep(enum event_kind kind, const struct service *s, const struct core_fault *f, uint32_t reset_limit);

/* It was printed. */
void event_told(struct event *e);

/* The ones since this start, the newest first; false when there are fewer. */
bool event_get(uint32_t back, struct event *out);

/* What the product wants done after an event of a kind it can decide about: TABLE_POLICY_... */
void event_set_policies(uint32_t policies);
uint32_t event_policy(enum event_kind kind);

/* Were there EVENT_RESETS or more resets in a row?  Then nothing shall be started. */
bool event_resets_too_often(void);

/* The kernel is alive: feed the watchdog.  Called when time is served. */
void event_alive(void);

/* Print those from before the reset that were not.  Called once, when the services are known. */
void event_tell(void);

#endif
