/* SPDX-License-Identifier: Apache-2.0 */
/* A thread's end: pthread_exit, and what is left of a thread until the kernel has let go of its stack. */
#ifndef ENDING_H
#define ENDING_H

struct thread;

/* Forget the threads that have ended and that nobody will join. */
void posix_reap(struct thread *self);

/* With the lock: it is none of the threads any more. */
void posix_forget(struct thread *t);

/* Without it: wait the moment until the kernel has let go of a thread that has ended, and give its memory back. */
void posix_bury(struct thread *t);

#endif
