/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of services: the host's signals turned into what the device's
 * processor reports.  No signal is used for anything else, so a debugger sees
 * none but real ones.
 */
#ifndef STRAYS_H
#define STRAYS_H

/* From now on a fault of the running carrier is its own; any other goes where it went before. */
void strays_catch(void);

/* As it was before strays_catch. */
void strays_release(void);

#endif
