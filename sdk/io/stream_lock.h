/* SPDX-License-Identifier: Apache-2.0 */
/* Who may use a stream: flockfile, and each character that is put or got meanwhile by another thread. */
#ifndef STREAM_LOCK_H
#define STREAM_LOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Of one stream: taken by a thread as often as it is given back. */
struct stream_lock {
	uint32_t latch;
	uint32_t depth;
	uintptr_t owner;
};

void stream_lock_take(struct stream_lock *l);
bool stream_lock_try(struct stream_lock *l);
void stream_lock_give(struct stream_lock *l);

/* The lock of a stream: its own, or what streams that are neither standard nor of fopen share. */
struct stream_lock *stream_lock_of(FILE *f);

/* Set by who makes streams that have one of their own; of another it is NULL. */
extern struct stream_lock *(*stream_lock_of_file)(FILE *f);

/* There is more than one thread from now on: what several of them print becomes lines of one each. */
void stream_lock_begin(void);

#endif
