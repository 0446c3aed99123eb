/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POSIX semaphores (IEEE 1003.1, option SEM), for the threads of one service.  Each returns 0, or -1 and errno; EINVAL
 * is for what is no semaphore.  Waiters get it by priority, then by their coming.  Without anybody waiting no call
 * of the system is made.
 */
#ifndef MS_SEMAPHORE_H
#define MS_SEMAPHORE_H

#include <fcntl.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
	uint32_t __word;		/* its value * 2, + 1 when somebody waits */
	uint32_t __live;
	void *__queue;
} sem_t;

#define SEM_FAILED ((sem_t *)0)
#ifndef SEM_VALUE_MAX
#define SEM_VALUE_MAX 0x7fffffff
#endif

/* `shared` changes nothing: all threads that could share it are in this service.  EINVAL: value above SEM_VALUE_MAX. */
int sem_init(sem_t *s, int shared, unsigned value);
int sem_destroy(sem_t *s);			/* EBUSY: somebody waits */

int sem_wait(sem_t *s);				/* EINTR: a signal's handler ran; a cancellation point */
int sem_trywait(sem_t *s);			/* EAGAIN: it is 0 */
/* Until CLOCK_REALTIME is `until`: ETIMEDOUT; EINVAL: tv_nsec not below 1,000,000,000, if it must wait; EINTR; a cancellation point. */
int sem_timedwait(sem_t *__restrict s, const struct timespec *__restrict until);
int sem_post(sem_t *s);				/* EOVERFLOW: it is SEM_VALUE_MAX; may be called from a signal's handler */
int sem_getvalue(sem_t *__restrict s, int *__restrict value);	/* 0 when threads wait */

/*
 * The semaphore of a name, the same address for each that opens it.  With O_CREAT (and O_EXCL: it must be new) two
 * more arguments: mode_t, of no use here, and unsigned, its first value.  SEM_FAILED: EINVAL (no name: empty, or
 * with a slash but in front; a value too large), ENAMETOOLONG (NAME_MAX), ENOENT, EEXIST, ENOMEM.
 */
sem_t *sem_open(const char *name, int flags, ...);
int sem_close(sem_t *s);			/* as often as it was opened */
int sem_unlink(const char *name);		/* its name is free; it ends when it is closed.  ENOENT, ENAMETOOLONG */

#ifdef __cplusplus
}
#endif

#endif
