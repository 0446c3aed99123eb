/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a thread gives way to another of its priority, and when time passes while one runs.
 *
 * Services are compiled so that each basic block counts one (a "point"), and
 * so does each call of the library or the kernel, and, when orders are looked for, each access to memory that others may see (accesses.c).  On a device a thread may be interrupted at any
 * of them, when its quantum ends there; so an order in which threads of one
 * priority take turns at points chosen at will is one that a device may show.  And it may take long from one point to the
 * next, if others take the processor: the next timer is due before it goes on ("late").
 *
 *	device	nobody gives way but as the runtime's quantum says; a thread that
 *		goes on for a long time without a call takes virtual time
 *	random	a seed chooses points, and who is next at each
 *	pct	each thread has a priority from the seed, and whoever has the highest runs; at depth - 1 points, which the
 *		seed chooses, it gets the lowest.  A mistake that needs `depth` things in a certain order is found with a probability that can be
 *		said: 1 in threads * points^(depth - 1) (Burckhardt and others, ASPLOS 2010)
 *	replay	a list says them: "120:1,344:t", at point 120 the next of the
 *		threads that are ready, at point 344 time passes
 *
 * A decision is a point with a choice: several threads that could go on, or a timer that could be due.  Points
 * without one are not counted where seeds choose.
 *
 * Every run makes such a list of what it did, and a hash of what could be seen of it (tracehash.h):
 * two runs of the same program with the same list are the same.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum schedule_kind { SCHEDULE_DEVICE, SCHEDULE_RANDOM, SCHEDULE_PCT, SCHEDULE_REPLAY };
enum { SCHEDULE_CHOICES = 4096, SCHEDULE_STRETCHES = 4096, SCHEDULE_TOLD = 16, SCHEDULE_NAME = 48 };

struct schedule_choice {
	uint64_t point;
	uint32_t turn;			/* so many threads further; not 0 */
};
#define SCHEDULE_LATE UINT32_MAX	/* a turn: the same goes on, but the next timer is due */

/* Points from..to - 1, at each of which any of `count` threads could go on. */
struct schedule_stretch {
	uint64_t from, to;
	uint32_t count;
	bool late;
};

/* One choice as people read it. */
struct schedule_told {
	uint64_t point, late_nsec;	/* late_nsec 0: another goes on */
	uintptr_t pc;			/* where the thread stood in its author's code; 0 */
	uint32_t thread, next;
	char service[SCHEDULE_NAME], next_service[SCHEDULE_NAME];
};

/* Lies in memory that the process of a test shares with its parent, who reads what was done. */
struct schedule {
	enum schedule_kind kind;
	uint64_t seed;
	uint32_t depth;			/* of pct */
	uint64_t expected;		/* of pct: about so many decisions are made */
	bool late;			/* may time pass? */
	bool tell;			/* say in `told` what was done: slower */
	bool plain;			/* of a device: nobody wants to know what could have been done */
	size_t choice_count;		/* of a replay: what is to be done */
	struct schedule_choice choices[SCHEDULE_CHOICES];

	size_t done_count;		/* what was done; beyond the room nothing is done any more */
	struct schedule_choice done[SCHEDULE_CHOICES];
	size_t told_count;
	struct schedule_told told[SCHEDULE_TOLD];
	size_t stretch_count;		/* where something could have been done, as far as there is room */
	struct schedule_stretch stretches[SCHEDULE_STRETCHES];
	uint64_t decisions;		/* points with a choice */
	uint64_t hash;
};

/* One that this process and those that it starts see, and no others. */
struct schedule *schedule_shared(void);

/* From now on services run by this schedule, from point 0 on. */
void schedule_begin(struct schedule *s);

/* Before a thread runs: let another be the current one if that is wanted.  False: time has passed instead, look again. */
bool schedule_choose(void);

/* Is nobody to choose anything? */
bool schedule_is_plain(void);

/* Around the time in which a thread of a service runs. */
void schedule_resume(uintptr_t own_end);
void schedule_pause(bool at_point);

/* The running thread leaves the processor to others for now: it has called for that, or takes long. */
void schedule_yielded(void);

/* It stands at a point (the gate's number for which is SCHEDULE_POINT): a thread that makes no calls takes time. */
void schedule_stopped(void);
#define SCHEDULE_POINT (UINT32_MAX - 3)

/* Is it of interest where the running thread stands, now that it has come to the gate with this number? */
bool schedule_asks_where(uint32_t number);

/* A point in its author's code that is no basic block. */
void schedule_point(void);

/* What the compiler calls at each basic block of a service. */
void __sanitizer_cov_trace_pc(void);

#endif
