/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service does that no call of it tells.  Faults: the host's signals turned into what the device's processor reports.
 * And loops without anything in them (`while (true) { }`), in which the compiler counts no basic block: a timer of the host's looks for
 * them, and from then on they count.  When it does makes no difference, since nothing happens in such a loop.  Debuggers do not stop at
 * the timer's signal; any other that they see is real.
 */
#ifndef STRAYS_H
#define STRAYS_H

/* From now on a fault of the running carrier is its own, any other goes where it went before; and empty loops take time. */
void strays_catch(void);

/* As it was before strays_catch. */
void strays_release(void);

#endif
