/* SPDX-License-Identifier: Apache-2.0 */
/* Who waits for how long, on one counter, for every chip (timer_chip.h).  It makes no system call. */
#ifndef WAITS_H
#define WAITS_H

#include <stdint.h>

#include "timer.h"

/* Begin with nobody waiting and the device counting. */
void waits_init(volatile void *registers);

/* Somebody waits from now on: a number below TIMER_WAITER_MAX for it, or -1 when all are taken. */
int waits_begin(uint32_t usec);

/* The number of one whose time has come, which is free again; -1: of none, and an interrupt comes when that changes. */
int waits_next(void);

/* It waits no longer. */
void waits_end(int number);

#endif
