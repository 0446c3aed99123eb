/* SPDX-License-Identifier: Apache-2.0 */
/* What the one file of a chip does for waits.c: a counter that goes up for ever, and an interrupt when it reaches a value. */
#ifndef TIMER_CHIP_H
#define TIMER_CHIP_H

#include <stdint.h>

/* Its rate, and the largest value that it reaches before it begins at 0 again: all ones; known after chip_init. */
extern const uint32_t chip_hz;
extern uint32_t chip_count_max;

/* Let it count, without interrupts. */
void chip_init(volatile void *registers);

uint32_t chip_count(void);

/* Ask for one interrupt when the counter reaches this value; if that is now, a moment later or never: waits.c looks again. */
void chip_alarm(uint32_t count);

/* The interrupt came: clear its cause, and ask for no other. */
void chip_interrupt(void);

#endif
