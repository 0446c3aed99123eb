/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far something has come that takes its time, such as bytes over a network, told to who waits: once it has taken a second; on a
 * terminal as a line that is rewritten, elsewhere as a line of talk now and then, with --json as an event 'progress' (unit, done, of).
 * Nothing with --quiet.
 */
#ifndef MOVING_H
#define MOVING_H

#include <stdint.h>

/* "12 of 33 KiB".  May be called as often as one likes; of is 0 while it is not known.  A second is counted from the first call. */
void moving_tell(const char *unit, uint64_t done, uint64_t of);

/* The same of what another program has told: the second is over. */
void moving_relay(const char *unit, uint64_t done, uint64_t of);

/* It is there, or was given up: the line is wiped, and the next call is a first one. */
void moving_end(void);

#endif
