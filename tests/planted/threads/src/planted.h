/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mistakes with threads, one a file.  Each does its work well in the order in which a quiet device runs threads, and
 * badly in some other that a device may show: it never ends, an assertion of it fails, or it faults.
 */
#ifndef PLANTED_H
#define PLANTED_H

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum planted {
	PLANTED_NONE,
#define BUG(name, what) PLANTED_##name,
#include "bugs.def"
#undef BUG
};

/* What the test sets before the service runs: which, and whether without the mistake. */
extern volatile int planted_which, planted_mended;

#define BUG(name, what) void planted_##name(bool mended);
#include "bugs.def"
#undef BUG

/* Start threads, which must be possible, and wait for their ends. */
pthread_t begin(void *(*f)(void *), void *argument);
void end(pthread_t t);

/* Both run at once. */
void both(void *(*f)(void *), void *(*g)(void *));

/* One of the words of a larger thing, as a driver or a library writes it: a call of its own. */
void set(volatile uint32_t *to, uint32_t value);
uint32_t get(const volatile uint32_t *from);

#endif
