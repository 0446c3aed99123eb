/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Message queues (IEEE 1003.1, option MSG), for the threads of one service: what other services are told are messages of another kind
 * (<psa/client.h>).  Not of PSE51.  A queue and all the messages that it can hold are taken from the heap when it is made.  Messages come
 * out by their priority, then by their coming; threads that wait get their turn by their priority, then by their coming.
 *
 * Each returns -1 and errno when it fails; EBADF is for what is no open queue, or not open for that.
 */
#ifndef MS_MQUEUE_H
#define MS_MQUEUE_H

#include <fcntl.h>
#include <signal.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int mqd_t;

struct mq_attr {
	long mq_flags;			/* O_NONBLOCK or 0 */
	long mq_maxmsg;			/* messages that it can hold */
	long mq_msgsize;		/* bytes of each at most */
	long mq_curmsgs;		/* messages that it holds */
};

/*
 * The queue of a name.  `flags`: O_RDONLY, O_WRONLY or O_RDWR, O_NONBLOCK, and O_CREAT (O_EXCL: it must be new) with two more arguments: mode_t, of no
 * use here, and const struct mq_attr *, of which mq_maxmsg and mq_msgsize count; NULL: 8 messages of 128 bytes.  EINVAL (no name: empty, or with a
 * further slash; sizes below 1), ENAMETOOLONG, ENOENT, EEXIST, EMFILE (MQ_OPEN_MAX), ENOSPC (the heap cannot hold it).
 */
mqd_t mq_open(const char *name, int flags, ...);
int mq_close(mqd_t q);			/* a notification asked for with it is forgotten */
int mq_unlink(const char *name);	/* its name is free; it ends when it is closed.  ENOENT, ENAMETOOLONG */

/* EINVAL: no such priority (MQ_PRIO_MAX); EMSGSIZE: larger than mq_msgsize; EAGAIN: full, and O_NONBLOCK; EINTR; a cancellation point. */
int mq_send(mqd_t q, const char *text, size_t size, unsigned priority);

/* The bytes of the message; its priority where that is asked for.  EMSGSIZE: `size` is less than mq_msgsize; EAGAIN: empty, and O_NONBLOCK; EINTR; a cancellation point. */
ssize_t mq_receive(mqd_t q, char *text, size_t size, unsigned *priority);

/* As those, until CLOCK_REALTIME is `until`: ETIMEDOUT; EINVAL: tv_nsec not below 1,000,000,000, if it must wait. */
int mq_timedsend(mqd_t q, const char *text, size_t size, unsigned priority, const struct timespec *until);
ssize_t mq_timedreceive(mqd_t q, char *__restrict text, size_t size, unsigned *__restrict priority, const struct timespec *__restrict until);

int mq_getattr(mqd_t q, struct mq_attr *attributes);
/* O_NONBLOCK of mq_flags is what counts; what was before goes to `before`, which may be NULL. */
int mq_setattr(mqd_t q, const struct mq_attr *__restrict attributes, struct mq_attr *__restrict before);

/*
 * Once, when a message comes into the empty queue and nobody waits for it: SIGEV_SIGNAL, SIGEV_THREAD or SIGEV_NONE.  NULL: not any more.
 * EBUSY: it is asked for already; EINVAL: no such event or signal.
 */
int mq_notify(mqd_t q, const struct sigevent *event);

#ifdef __cplusplus
}
#endif

#endif
