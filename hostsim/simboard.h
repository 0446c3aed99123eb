/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated board's own side: board.h on the PC, with a clock that stands still or jumps. */
#ifndef SIMBOARD_H
#define SIMBOARD_H

#include <stdbool.h>
#include <stdint.h>

enum { SIMBOARD_CALL_NSEC = 1000 };	/* what a system call takes, so that whoever polls the clock sees it move */
enum { SIMBOARD_REGISTER_NSEC = 100 };	/* an access to a device's register: whoever polls one sees it move, too */

/* Power on: clock at 0, no alarm, seed 1, no echo. */
void simboard_reset(void);

/* Does the console go to standard output, too? */
void simboard_echo(bool echo);

uint64_t simboard_now(void);	/* nanoseconds */
void simboard_pass(uint64_t nsec);

/* Jump to the alarm if it is set for no later than `limit`; else to the limit and false. */
bool simboard_jump(uint64_t limit);

/* Has the alarm gone off?  It is told once. */
bool simboard_alarm_due(void);
bool simboard_alarm_waits(void);	/* would it say so? */

void simboard_seed(uint64_t seed);

#endif
