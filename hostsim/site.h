/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sites: where something fails on a device for reasons that lie outside of the
 * service.  Each allocation of a service is one, and each system call that may be refused
 * by the state of the world (another service has ended, a device does not become ready, a
 * deadline passes, the log is full).  Sites are numbered as they are passed, from 1
 * on; the same test passes the same sites in each run up to the first that fails.
 *
 * A run that counts writes down what each site is; another lets chosen ones
 * fail.  A site that fails does so before anything was done.
 */
#ifndef SITE_H
#define SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pages.h"
#include "port.h"

enum { SITE_MAX = 65536, SITE_CHOSEN_MAX = 8 };

struct site {
	uint32_t number;		/* of the call */
	uint32_t area;			/* whose */
	uintptr_t pc;			/* in the author's code, if it is known; else 0 */
};

/* Lies in memory that the process of a test shares with its parent. */
struct site_list {
	uint32_t count;			/* all; those up to SITE_MAX are here */
	struct site at[SITE_MAX];
};

/* What is to be done in this process and those it starts. */
struct site_plan {
	struct site_list *list;		/* count, and write down what is passed; or NULL */
	uint32_t chosen_count;
	uint32_t chosen[SITE_CHOSEN_MAX];	/* let these fail */
};

void site_begin(const struct site_plan *plan);

/* A service has come to a gate: is this a site that fails?  Then *r is what its call gives.  `area`: whose; `running`: on a thread of its own, not called by the test. */
bool site_fails(const struct core_call *call, const struct area *area, bool running, uintptr_t caller, uintptr_t frame, struct trap_result *r);

/* Is there anything to be done at an allocation?  May be asked while the kernel is closed. */
bool site_watched(void);

/* "malloc", "psa_call" */
const char *site_name(const struct site *s);

/* A list of numbers as `--fault` has it: "12,40".  False when it is none. */
bool site_read(struct site_plan *p, const char *text);

#endif
