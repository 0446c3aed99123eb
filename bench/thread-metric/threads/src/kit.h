/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests need of threads, over the futex: semaphores, gates that are waited at, threads. */
#ifndef KIT_H
#define KIT_H

#include <stdatomic.h>
#include <stdbool.h>

#include <ms/syscall.h>

/*
 * `ms run --fast` counts an instruction as 32 ns: five seconds are the 156 million instructions that the peers had in
 * ten seconds at 64 ns.
 */
enum { WINDOW_SEC = 5, REPORTER = 16 };

/* A counting semaphore; the kernel is called only to wait and, when somebody does, to wake. */
struct semaphore { _Atomic uint32_t count, waiting; };
void semaphore_take(struct semaphore *s);
void semaphore_give(struct semaphore *s);

/* Waited at by one thread: each gate_open lets it through once. */
struct gate { _Atomic uint32_t opened; uint32_t passed; };
void gate_wait(struct gate *g);
void gate_open(struct gate *g);

/* Start one, or abort. */
void kit_thread(void (*body)(void *), void *argument, unsigned priority);

#endif
