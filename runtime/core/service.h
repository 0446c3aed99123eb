/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Services: what the runtime knows of each, and their lives.
 *
 * A service is added once, from a table entry that was verified (or by the
 * host simulation), then started; it ends by itself, fails and is restarted
 * with a growing delay, or is put in quarantine.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "bytes.h"
#include "table.h"
#include "thread.h"

/* All that is said about a service from outside, with no gap between.  Addresses are legal and its own: whoever adds it has checked. */
struct service_plan {
	struct bytes name;		/* 1..63 bytes; borrowed for ever */
	const struct table_rule *rules;	/* what it may do, sorted by object (docs/formats.md 5.3); borrowed for ever */
	uintptr_t image;		/* where its flash form lies */
	uintptr_t text;			/* text base */
	uintptr_t entry;		/* absolute, without the Thumb bit; sealed until it is confirmed */
	uintptr_t ram;
	uint32_t id;
	uint32_t image_extent;		/* the legal extent around it */
	uint32_t text_size;
	uint32_t ram_extent;
	uint32_t stack_size;		/* the data base is ram + stack_size */
	uint32_t data_size;		/* static data and heap: the end of RAM that is promised */
	uint32_t tls_offset;		/* of the main thread's block, from the data base */
	uint32_t rule_count;
	uint8_t priority, ceiling;
	uint8_t restart, restart_limit;	/* TABLE_RESTART_... ; 0: no limit */
	uint16_t quantum_msec, backoff_msec;
	uint16_t start, fpu;		/* 0: no */
	uint8_t image_hash[8];		/* the first bytes of its SHA-256 */
};

/* What psa_read or psa_write has still to do for the main thread. */
struct message;
struct message_vector;
struct service_copy {
	struct message *message;
	struct message_vector *vector;	/* of the client */
	uintptr_t buffer;		/* of the server */
	size_t left, done;
	bool output;			/* from the server to the client */
};

enum { MAPPING_MAX = 5 };	/* devices and blocks of shared memory that a service may have open at once */

enum service_state { SERVICE_STOPPED, SERVICE_RUNNING, SERVICE_BACKOFF, SERVICE_QUARANTINED };

struct service {
	struct thread *main;		/* its main thread, which alone waits for and gets messages; NULL: it has ended */
	uint32_t signals;		/* that it can get, beside the doorbell */
	uint32_t asserted;		/* that it has got */
	uint32_t wanted;		/* that the main thread waits for; 0: it does not */
	uintptr_t taken;		/* where it gets a message along with them, in its RAM; 0: it does not */
	struct message *queue;		/* those that wait for it, the last that came first */
	struct service_plan plan;
	struct port_protection protection;
	struct timer restart;		/* runs during a back-off */
	uint32_t interrupts;		/* signals of those that are enabled */
	const struct table_rule *mapped[MAPPING_MAX];	/* what is open, see mapping.h */
	struct service_copy copy;
	struct link waiters;		/* threads that wait for a futex, in order of arrival */
	uint64_t started;		/* when this run began */
	uint64_t quantum_nsec;
	uint64_t log_due;		/* see log.c */
	uint32_t log_lost;
	uint32_t run_count;
	uint32_t cleared;		/* bytes of all its memory, before it begins */
	uint8_t failures;		/* in a row */
	uint8_t state;
	uint8_t messages;		/* connections and calls, of its share of all */
};

void service_init(void);

/* Add one; it does not run yet.  -MS_ENOMEM when SERVICE_MAX are there, or no room for its endpoints; -MS_EFORMAT when its devices are not its own. */
int service_add(const struct service_plan *plan);

/*
 * Confirm one, if it was added, by a plan that was made anew from what was decided anew: the steps that led there, and
 * the verdicts that plan and protection are the same and its grants still possible, are taken from its entry.  One that was added and not
 * confirmed in each of them is a failed assertion when it is to start.  (Who has a plan at first hand, its entry open, confirms nothing.)
 */
enum { SERVICE_CONFIRM_STEPS = 3 };
void service_confirm(const struct service_plan *again, uint32_t steps);

/* The service of this name, or of this id, or NULL. */
struct service *service_find(struct bytes name);
struct service *service_of(uint32_t id);

/* Walk all services: start with NULL; NULL at the end. */
struct service *service_next(const struct service *after);

/* Set signals; wakes the main thread if it waits for one of them. */
void service_signal(struct service *s, uint32_t signals);

/* Wake the main thread, which waits for these. */
void service_wake(struct service *s, uint32_t signals);

/* How many do not run: each keeps a thread for its next start, whatever others take. */
uint32_t service_idle(void);

/* Start one that does not run now. */
void service_start(struct service *s);

/* Start all whose plan says so.  Called once. */
void service_start_all(void);

/*
 * All threads of it end, now: by itself with a status, or by a failure that is recorded already; what comes then is said by
 * its restart policy, unless it shall stay ended for good.
 */
void service_exit(struct service *s, int32_t status);
void service_fail(struct service *s, bool for_good);

/* The number of resets in a row at which resetting the device for its failures ends (event_keep); 0 when that is not its policy. */
uint32_t service_reset_limit(const struct service *s);

/*
 * May the service write, or read, [at, at + size) now: in its RAM, its image (to read), a block of shared memory that is
 * open to it?  Zero bytes lie anywhere.  A block may be taken away: who goes on later asks again.
 */
bool service_may_write(const struct service *s, uintptr_t at, size_t size);
bool service_may_read(const struct service *s, uintptr_t at, size_t size);

/* Do they lie in its RAM, which nobody takes away? */
bool service_has(const struct service *s, uintptr_t at, size_t size);

uintptr_t service_data_base(const struct service *s);

/* The rule of a service about an object (table_object), or NULL: no rule, no right. */
const struct table_rule *service_rule(const struct service *s, uint32_t object);

#endif
