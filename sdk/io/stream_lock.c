/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard output and error get their locks when the first thread is made: a service with one thread has nothing of this.
 *
 * The C library puts one character at a time, and does not say where a call of printf begins or ends.  So a line belongs to the
 * thread that began it: another waits for its end, but not for ever, since the rest of the line may be long in coming; then what
 * there is of it becomes a line of its own.
 */
#include "stream_lock.h"

#include <ms/syscall.h>

#include "cancellation.h"
#include "identity.h"
#include "latch.h"
#include "line.h"

#define LOOK_AGAIN_NSEC UINT64_C(500000)
enum { LOOKS_MAX = 20 };

extern FILE *const stdout __attribute__((weak));	/* a service without stdio stays without */
extern FILE *const stderr __attribute__((weak));

struct shared { struct stream_lock lock; uintptr_t writer; };

static struct shared out, err;

struct stream_lock *(*stream_lock_of_file)(FILE *f);

void stream_lock_take(struct stream_lock *l)
{
	uintptr_t self = thread_identity();

	if (__atomic_load_n(&l->owner, __ATOMIC_RELAXED) != self) {
		ms_latch_take(&l->latch);
		__atomic_store_n(&l->owner, self, __ATOMIC_RELAXED);
	}
	l->depth++;
}

bool stream_lock_try(struct stream_lock *l)
{
	uint32_t nobody = 0;

	if (__atomic_load_n(&l->owner, __ATOMIC_RELAXED) != thread_identity() &&
	    !__atomic_compare_exchange_n(&l->latch, &nobody, 1, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
		return false;
	__atomic_store_n(&l->owner, thread_identity(), __ATOMIC_RELAXED);
	l->depth++;
	return true;
}

void stream_lock_give(struct stream_lock *l)
{
	if (--l->depth)
		return;
	__atomic_store_n(&l->owner, 0, __ATOMIC_RELAXED);
	ms_latch_give(&l->latch);
}

/* With the lock, which is given up meanwhile: until nobody else's line is unfinished, or that has taken too long. */
static void wait_for_line(struct shared *s, FILE *f)
{
	for (int looks = 0; line_of(f)->used && s->writer != thread_identity() && s->lock.depth == 1; looks++) {
		if (looks == LOOKS_MAX) {
			line_flush(f);
			return;
		}
		stream_lock_give(&s->lock);
		ms_sleep_until(ms_clock() + LOOK_AGAIN_NSEC);
		stream_lock_take(&s->lock);
	}
}

static int locked_put(char c, FILE *f)
{
	struct shared *s = f == stderr ? &err : &out;

	stream_lock_take(&s->lock);
	wait_for_line(s, f);
	s->writer = thread_identity();
	int rc = line_put(c, f);

	stream_lock_give(&s->lock);
	return rc;
}

void stream_lock_begin(void)
{
	stream_hook = stream_lock_begin;
	if (&stdout && stdout->put == line_put)
		stdout->put = locked_put;
	if (&stderr && stderr->put == line_put)
		stderr->put = locked_put;
}

struct stream_lock *stream_lock_of(FILE *f)
{
	static struct stream_lock rest;

	if (f == stdout || f == stderr)
		return f == stdout ? &out.lock : &err.lock;
	struct stream_lock *own = stream_lock_of_file ? stream_lock_of_file(f) : NULL;

	return own ? own : &rest;
}
