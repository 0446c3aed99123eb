/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Endpoints: what services provide to others by messages (PSA Firmware Framework 1.1 calls each an RoT service).
 *
 * All that is known of one stands in its owner's rule, in flash (docs/formats.md 5.4).  It is
 * there as long as the device runs, whatever becomes of its owner.
 */
#ifndef ENDPOINT_H
#define ENDPOINT_H

#include "service.h"

struct endpoint {
	const struct table_rule *rule;	/* its owner's; NULL: there is no such endpoint */
	struct service *owner;		/* NULL: it was refused at boot */
};

void endpoint_init(void);

/*
 * Take note of what a service provides, all its rules at once; or of what all do, with owner NULL,
 * before they are known.  The rules agree with each other (table_talk.h).  False, and nothing was done, when there is no room for a number.
 */
bool endpoint_declare(const struct table_rule *rules, uint32_t count, struct service *owner);

/* Is there room for all endpoints that the rules name? */
bool endpoint_fits(const struct table_rule *rules, uint32_t count);

/* How many services may call others: who shares the pool of messages. */
uint32_t endpoint_clients(void);

/* What a client may reach, by number of its interface or by its own local index; NULL when there is none. */
struct endpoint *endpoint_by_sid(const struct service *client, uint32_t sid);
struct endpoint *endpoint_by_index(const struct service *client, uint32_t index);

/* The one of an owner that has this signal, or NULL. */
struct endpoint *endpoint_by_signal(const struct service *owner, uint32_t signal);

/* May one reach the other, by any endpoint? */
bool endpoint_joins(const struct service *client, const struct service *owner);

/* Does its version policy allow what a client asks for? */
bool endpoint_serves(const struct endpoint *e, uint32_t version);

/* Nobody is there to serve it, and nobody will come. */
bool endpoint_ended(const struct endpoint *e);

static inline bool endpoint_connects(const struct endpoint *e)
{
	return e->rule->operations & TABLE_ENDPOINT_CONNECTIONS;
}

static inline uint32_t endpoint_signal(const struct endpoint *e)
{
	return UINT32_C(1) << table_signal(e->rule);
}

#endif
