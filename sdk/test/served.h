/* SPDX-License-Identifier: Apache-2.0 */
/* The service that is tested, in the same program: its main runs on the program's main thread when a test asks for it. */
#ifndef SERVED_H
#define SERVED_H

#include <stdbool.h>
#include <stdint.h>

/* On the main thread: wait until served_start, and run the service, with main's arguments.  Does not return. */
_Noreturn void served_wait(int argc, char **argv);

/* From the test's thread. */
void served_start(void);
bool served_started(void);
bool served_ended(void);
int served_status(void);

/* Wait for its end, until the board's clock reads `nsec`. */
void served_wait_end(uint64_t nsec);

#endif
