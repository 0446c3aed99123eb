/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mistakes, one a file.  Each does its work well in the order in which a quiet device runs threads, and badly in some
 * other that a device may show: it never ends, an assertion of it fails, or it is stopped.  What the mistakes of one corpus need besides is in its corpus.h.
 */
#ifndef PLANTED_H
#define PLANTED_H

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus.h"

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

#endif
