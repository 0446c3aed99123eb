/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mistakes with messages, one a file.  Each does its work well in the order in which a quiet device runs threads, and
 * badly in some other that a device may show: it never ends, an assertion of it fails, or it is stopped.
 */
#ifndef PLANTED_H
#define PLANTED_H

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <psa/client.h>

#include "desk.h"
#include "psa_manifest/sid.h"

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

/* A connection to the partner, which must be possible. */
psa_handle_t desk(void);

/* A request without a number, with one, and for one. */
psa_status_t ask(psa_handle_t h, int32_t type);
psa_status_t ask_with(psa_handle_t h, int32_t type, uint32_t number);
uint32_t ask_for(psa_handle_t h, int32_t type);

/* Some time after all that was asked for has been done, on a quiet device. */
void later(void);

/* Both run at once. */
void both(void *(*f)(void *), void *(*g)(void *));

#endif
