/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a thread gives way to another of its priority.
 *
 * Services are compiled so that each basic block counts one (a "point"), and
 * so does each call of the kernel.  On a device a thread may be interrupted at any
 * of them, when its quantum ends there; so an order in which threads of one
 * priority take turns at points chosen at will is one that a device may show.
 *
 *	device	nobody gives way but as the runtime's quantum says; a thread that
 *		goes on for a long time without a call takes virtual time
 *	random	a seed chooses points, and who is next at each
 *	replay	a list says them: "120:1,344:2", at point 120 the next of the
 *		threads that are ready, at point 344 the one after the next
 *
 * Every run makes such a list of what it did, and a hash of all calls made by
 * all threads with their times: two runs of the same program with the same list are the same.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum schedule_kind { SCHEDULE_DEVICE, SCHEDULE_RANDOM, SCHEDULE_REPLAY };
enum { SCHEDULE_CHOICES = 4096 };

struct schedule_choice {
	uint64_t point;
	uint32_t turn;			/* so many threads further; not 0 */
};

/* Lies in memory that the process of a test shares with its parent, who reads what was done. */
struct schedule {
	enum schedule_kind kind;
	uint64_t seed;
	size_t choice_count;		/* of a replay: what is to be done */
	struct schedule_choice choices[SCHEDULE_CHOICES];
	size_t done_count;		/* what was done; beyond the room nothing is done any more */
	struct schedule_choice done[SCHEDULE_CHOICES];
	uint64_t hash;
};

/* From now on services run by this schedule, from point 0 on. */
void schedule_begin(struct schedule *s);

/* Around the time in which a thread of a service runs. */
void schedule_resume(void);
void schedule_pause(void);

/* It has made a call, or stands at a point (number SCHEDULE_POINT): decide who is next. */
void schedule_called(uint32_t place, uint32_t thread, uint32_t number, uint64_t nsec);

/* The gate's number for a point. */
#define SCHEDULE_POINT (UINT32_MAX - 3)

/* What the compiler calls at each basic block of a service. */
void __sanitizer_cov_trace_pc(void);

/* A list of choices, read and written.  Reading returns false when it is none. */
bool schedule_read(struct schedule *s, const char *text);
void schedule_write(const struct schedule_choice *choices, size_t count, char *to, size_t size);

#endif
