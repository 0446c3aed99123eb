/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"
#include "wall.h"

enum attended (*posix_deliver)(struct thread *self);
void (*posix_end)(struct thread *self);
uint64_t posix_pending;
void (*clock_set_hook)(void);

void queue_insert(struct queue *q, struct thread *t)
{
	struct thread **at = &q->first;

	while (*at && (*at)->priority >= t->priority)
		at = &(*at)->behind;
	t->behind = *at;
	*at = t;
	t->queue = q;
}

void queue_remove(struct thread *t)
{
	struct thread **at = &t->queue->first;

	while (*at != t)
		at = &(*at)->behind;
	*at = t->behind;
	__atomic_store_n(&t->queue, NULL, __ATOMIC_RELEASE);
}

struct thread *posix_wake(struct queue *q)
{
	struct thread *t = q->first;

	if (t) {
		queue_remove(t);
		posix_nudge(t);
	}
	return t;
}

/* On the kernel's clock. */
static uint64_t deadline(const struct wait *w)
{
	int64_t until;

	if (w->until == MS_FOREVER || w->clock != CLOCK_REALTIME)
		return w->until;
	if (__builtin_sub_overflow((int64_t)w->until, wall_offset(), &until))
		return MS_FOREVER;
	return until < 0 ? 0 : (uint64_t)until;
}

int posix_wait(struct thread *self, const struct wait *w)
{
	bool late = false;

	if (!self->queue)
		queue_insert(w->queue, self);
	for (;;) {
		uint32_t seen = self->word, owner = w->owned ? __atomic_load_n(w->owned, __ATOMIC_RELAXED) : 0;
		uint64_t until = deadline(w);
		bool attend = self->attend & w->attend;

		if (self->queue && (attend || late)) {
			queue_remove(self);
			posix_unlock(self);
			return attend ? EINTR : ETIMEDOUT;
		}
		posix_unlock(self);
		if (!__atomic_load_n(&self->queue, __ATOMIC_ACQUIRE))
			return 0;
		int rc = ms_futex_wait_for(&self->word, seen, until, tag_number(owner));

		if (!__atomic_load_n(&self->queue, __ATOMIC_ACQUIRE))
			return 0;
		posix_lock(self);
		late = rc == -MS_ETIMEDOUT && ms_clock() >= deadline(w);
	}
}

void posix_attention(struct thread *t)
{
	t->attend = ((t->pending | posix_pending) & (~t->blocked | t->takes) ? ATTEND_SIGNAL : 0) |
		    (t->cancelled && t->cancel_state == PTHREAD_CANCEL_ENABLE ? ATTEND_CANCEL : 0);
}

enum attended posix_attend(struct thread *self, bool cancel)
{
	enum attended interrupted = NOTHING;

	if (posix_deliver && __atomic_load_n(&self->attend, __ATOMIC_ACQUIRE) & ATTEND_SIGNAL)
		interrupted = posix_deliver(self);
	if (cancel && posix_end && __atomic_load_n(&self->attend, __ATOMIC_ACQUIRE) & ATTEND_CANCEL)
		posix_end(self);
	return interrupted;
}

enum interruption posix_interrupted(void)
{
	struct thread *self = posix_self();
	enum attended a = posix_attend(self, false);

	if (a == INTERRUPTS || __atomic_load_n(&self->attend, __ATOMIC_ACQUIRE) & ATTEND_CANCEL)
		return IS_INTERRUPTED;
	return a == RESTARTS ? GOES_ON_IF_IT_CAN : GOES_ON;
}

int posix_time(const struct timespec *t, uint64_t *nsec)
{
	if (t->tv_nsec < 0 || t->tv_nsec >= NSEC_PER_SEC)
		return EINVAL;
	if (t->tv_sec < 0)
		*nsec = 0;
	else if (t->tv_sec >= INT64_MAX / NSEC_PER_SEC)
		*nsec = MS_FOREVER;
	else
		*nsec = (uint64_t)t->tv_sec * (uint64_t)NSEC_PER_SEC + (uint64_t)t->tv_nsec;
	return 0;
}

struct timespec posix_timespec(uint64_t nsec)
{
	return (struct timespec){ .tv_sec = (time_t)(nsec / (uint64_t)NSEC_PER_SEC), .tv_nsec = (long)(nsec % (uint64_t)NSEC_PER_SEC) };
}

uint64_t posix_now(clockid_t clock)
{
	return ms_clock() + (clock == CLOCK_REALTIME ? (uint64_t)wall_offset() : 0);
}
