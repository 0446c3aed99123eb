/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of its stack a thread has used so far: to choose `memory: stack` in ms.yaml, and the sizes that are given
 * to ms_thread_create.  `ms run --stats` shows the same for all threads, from outside.
 */
#ifndef MS_STACK_H
#define MS_STACK_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Bytes of the calling thread's stack that were never used since the thread started, above its guard; a multiple of 4.
 * It counts from the far end, so a part that was taken but never written to (half of an array) counts as unused only
 * if nothing below it was written.  Takes two instructions or so for each unused byte.
 *
 * -MS_ENOENT: not known, for a thread that was created without a block (ms_thread_create's thread_pointer), and in the simulation
 * on the PC, whose stacks are not the device's.
 */
int ms_stack_unused(void);

#ifdef __cplusplus
}
#endif

#endif
