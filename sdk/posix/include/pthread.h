/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POSIX threads (IEEE 1003.1, 2017 edition; the units of profile PSE51), on the runtime's threads and futexes.
 *
 * Functions return 0 or an error number, and leave errno alone.  A call that the standard calls undefined, with an
 * object that was destroyed or a mutex that is another's, is refused (EINVAL, EPERM).
 *
 * Cancellation and signals reach a thread in the calls of this library: those that the standard names cancellation
 * points, pthread_testcancel and pthread_setcanceltype; code that calls nothing is not interrupted, whatever its
 * cancellation type ("may be acted upon at any time").  Threads share one address space, PTHREAD_PROCESS_SHARED is
 * not offered.  An uncontended lock and unlock makes no system call (on v6m, which has no exclusive access, one each).
 *
 * All may be called from any thread; none from a place where ms_thread_create's threads have no block.
 */
#ifndef MS_PTHREAD_H
#define MS_PTHREAD_H

#include <sched.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PTHREAD_CREATE_JOINABLE, PTHREAD_CREATE_DETACHED };
enum { PTHREAD_INHERIT_SCHED, PTHREAD_EXPLICIT_SCHED };
enum { PTHREAD_SCOPE_SYSTEM, PTHREAD_SCOPE_PROCESS };
enum { PTHREAD_CANCEL_ENABLE, PTHREAD_CANCEL_DISABLE };
enum { PTHREAD_CANCEL_DEFERRED, PTHREAD_CANCEL_ASYNCHRONOUS };
enum { PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_DEFAULT = PTHREAD_MUTEX_NORMAL };
enum { PTHREAD_PRIO_NONE, PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_PROTECT };
enum { PTHREAD_PROCESS_PRIVATE, PTHREAD_PROCESS_SHARED };

/* The standard wants them to be macros as well. */
#define PTHREAD_CREATE_JOINABLE PTHREAD_CREATE_JOINABLE
#define PTHREAD_CREATE_DETACHED PTHREAD_CREATE_DETACHED
#define PTHREAD_INHERIT_SCHED PTHREAD_INHERIT_SCHED
#define PTHREAD_EXPLICIT_SCHED PTHREAD_EXPLICIT_SCHED
#define PTHREAD_SCOPE_SYSTEM PTHREAD_SCOPE_SYSTEM
#define PTHREAD_SCOPE_PROCESS PTHREAD_SCOPE_PROCESS
#define PTHREAD_CANCEL_ENABLE PTHREAD_CANCEL_ENABLE
#define PTHREAD_CANCEL_DISABLE PTHREAD_CANCEL_DISABLE
#define PTHREAD_CANCEL_DEFERRED PTHREAD_CANCEL_DEFERRED
#define PTHREAD_CANCEL_ASYNCHRONOUS PTHREAD_CANCEL_ASYNCHRONOUS
#define PTHREAD_CANCELED ((void *)-1)
#define PTHREAD_MUTEX_NORMAL PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_ERRORCHECK PTHREAD_MUTEX_ERRORCHECK
#define PTHREAD_MUTEX_RECURSIVE PTHREAD_MUTEX_RECURSIVE
#define PTHREAD_MUTEX_DEFAULT PTHREAD_MUTEX_DEFAULT
#define PTHREAD_PRIO_NONE PTHREAD_PRIO_NONE
#define PTHREAD_PRIO_INHERIT PTHREAD_PRIO_INHERIT
#define PTHREAD_PRIO_PROTECT PTHREAD_PRIO_PROTECT
#define PTHREAD_PROCESS_PRIVATE PTHREAD_PROCESS_PRIVATE
#define PTHREAD_PROCESS_SHARED PTHREAD_PROCESS_SHARED

#define PTHREAD_MUTEX_INITIALIZER { 0 }
#define PTHREAD_COND_INITIALIZER { 0 }
#define PTHREAD_ONCE_INIT { 0 }
#define PTHREAD_RWLOCK_INITIALIZER { 0 }
#define PTHREAD_BARRIER_SERIAL_THREAD (-2)

/*
 * Threads
 */

/*
 * Start a thread at start(argument).  Without `attributes`: joinable, 2048 bytes of stack from the heap, the caller's
 * priority and policy.  A stack of the caller's own (pthread_attr_setstack) holds the library's data of the thread
 * too, and is the caller's again when the thread was joined.  The thread begins with the caller's signal mask.
 * Attributes that are all zeros, as static ones that nobody has initialised, are as none.
 * EAGAIN: no memory, or the board has no thread left.  EINVAL: attributes that are none, a stack that is too small.
 * EPERM: a priority above the service's ceiling.
 */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument);

/*
 * Wait until a thread has ended and take its result (into *result, unless NULL), and its memory back.
 * ESRCH: no such thread, or joined before.  EINVAL: detached, or another waits for it.  EDEADLK: itself, or one that
 * waits for the caller.  A cancellation point: cancelled, the thread can still be joined.
 */
int pthread_join(pthread_t thread, void **result);

/* Nobody will join it: its memory is taken back after its end, when threads are next created or joined.  ESRCH; EINVAL: detached before. */
int pthread_detach(pthread_t thread);

/*
 * End the calling thread: clean-up handlers, then destructors of thread-specific data.  In main it ends that thread
 * only.  The last thread's ends the service with exit(0).
 */
_Noreturn void pthread_exit(void *result);

pthread_t pthread_self(void);
int pthread_equal(pthread_t a, pthread_t b);	/* not 0 if they are the same thread */

/* Call `routine` once, whoever comes first; others wait until it is done.  When the caller is cancelled in it, the next tries again.  EINVAL: a control that is none. */
int pthread_once(pthread_once_t *control, void (*routine)(void));

/* No process forks here; the handlers are never called.  0. */
int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));

/*
 * Attributes of a thread.  EINVAL everywhere: not initialised, or destroyed; a value that is none of those above.
 */
int pthread_attr_init(pthread_attr_t *a);
int pthread_attr_destroy(pthread_attr_t *a);
int pthread_attr_setdetachstate(pthread_attr_t *a, int state);
int pthread_attr_getdetachstate(const pthread_attr_t *a, int *state);
int pthread_attr_setstacksize(pthread_attr_t *a, size_t size);		/* EINVAL: below PTHREAD_STACK_MIN */
int pthread_attr_getstacksize(const pthread_attr_t *a, size_t *size);
int pthread_attr_setstack(pthread_attr_t *a, void *low, size_t size);	/* EINVAL also: not a multiple of 8; EACCES: not the service's own memory, to be written */
int pthread_attr_getstack(const pthread_attr_t *a, void **low, size_t *size);
int pthread_attr_setstackaddr(pthread_attr_t *a, void *top);		/* obsolescent: the stack lies below it */
int pthread_attr_getstackaddr(const pthread_attr_t *a, void **top);
int pthread_attr_setguardsize(pthread_attr_t *a, size_t size);		/* kept, but the guard is always an eighth of the stack; EINVAL: 2 GiB or more */
int pthread_attr_getguardsize(const pthread_attr_t *a, size_t *size);
int pthread_attr_setinheritsched(pthread_attr_t *a, int inherit);	/* default: PTHREAD_INHERIT_SCHED */
int pthread_attr_getinheritsched(const pthread_attr_t *a, int *inherit);
int pthread_attr_setschedpolicy(pthread_attr_t *a, int policy);		/* EINVAL: not SCHED_FIFO, SCHED_RR or SCHED_OTHER */
int pthread_attr_getschedpolicy(const pthread_attr_t *a, int *policy);
int pthread_attr_setschedparam(pthread_attr_t *a, const struct sched_param *p);	/* EINVAL: priority not 1 to 31; default: the creator's */
int pthread_attr_getschedparam(const pthread_attr_t *a, struct sched_param *p);
int pthread_attr_setscope(pthread_attr_t *a, int scope);		/* ENOTSUP: PTHREAD_SCOPE_PROCESS */
int pthread_attr_getscope(const pthread_attr_t *a, int *scope);

/* Priority and policy of a running thread.  ESRCH; EINVAL: no such policy, priority not 1 to 31; EPERM: above the service's ceiling. */
int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *p);
int pthread_getschedparam(pthread_t thread, int *policy, struct sched_param *p);
int pthread_setschedprio(pthread_t thread, int priority);
int pthread_getcpuclockid(pthread_t thread, clockid_t *clock);	/* ENOSYS: there are no such clocks; ESRCH */

/* Who shares it: only PTHREAD_PROCESS_PRIVATE can be set.  EINVAL: neither of the two, or no attributes; ENOTSUP: PTHREAD_PROCESS_SHARED. */
int pthread_mutexattr_setpshared(pthread_mutexattr_t *a, int shared);
int pthread_mutexattr_getpshared(const pthread_mutexattr_t *__restrict a, int *__restrict shared);
int pthread_condattr_setpshared(pthread_condattr_t *a, int shared);
int pthread_condattr_getpshared(const pthread_condattr_t *__restrict a, int *__restrict shared);
int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *a, int shared);
int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *__restrict a, int *__restrict shared);
int pthread_barrierattr_setpshared(pthread_barrierattr_t *a, int shared);
int pthread_barrierattr_getpshared(const pthread_barrierattr_t *__restrict a, int *__restrict shared);

/*
 * Cancellation
 */

/* Ask a thread to end: it does so at its next cancellation point, unless it has that disabled.  ESRCH. */
int pthread_cancel(pthread_t thread);
int pthread_setcancelstate(int state, int *old);	/* old may be NULL.  EINVAL */
int pthread_setcanceltype(int type, int *old);		/* likewise */
void pthread_testcancel(void);

/* Between the two, which stand in one block, `routine(argument)` is called when the thread ends; and by pop, unless `execute` is 0. */
struct __ms_cleanup { void (*routine)(void *); void *argument; struct __ms_cleanup *below; };
void __ms_cleanup_push(struct __ms_cleanup *c);
void __ms_cleanup_pop(struct __ms_cleanup *c, int execute);
#define pthread_cleanup_push(routine, argument) { struct __ms_cleanup __ms_handler = { routine, argument, 0 }; __ms_cleanup_push(&__ms_handler)
#define pthread_cleanup_pop(execute) __ms_cleanup_pop(&__ms_handler, execute); }

/*
 * Thread-specific data: up to PTHREAD_KEYS_MAX keys.  A destructor is called with a value that is not NULL when a
 * thread ends; when values are left then, all again, PTHREAD_DESTRUCTOR_ITERATIONS times at most.
 */
int pthread_key_create(pthread_key_t *key, void (*destructor)(void *));	/* EAGAIN: no key left; ENOMEM */
int pthread_key_delete(pthread_key_t key);				/* EINVAL: no such key */
int pthread_setspecific(pthread_key_t key, const void *value);		/* EINVAL: no such key; ENOMEM */
void *pthread_getspecific(pthread_key_t key);				/* NULL: none, or no such key */

/*
 * Mutexes.  Waiters get it in the order of their priority, and of their coming.
 */
int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a);	/* EINVAL: attributes that are none; EPERM: a ceiling above the service's */
int pthread_mutex_destroy(pthread_mutex_t *m);					/* EBUSY: locked; EINVAL: is none */

/*
 * EDEADLK: an error-checking one that is the caller's already.  EAGAIN: a recursive one locked too often.
 * EINVAL: is none; or of PTHREAD_PRIO_PROTECT, and the caller's priority is above its ceiling.
 * EBUSY: trylock, it is locked.  ETIMEDOUT: timedlock, CLOCK_REALTIME reached `until` (EINVAL: tv_nsec not below 1,000,000,000;
 * neither is looked at if it need not wait).
 */
int pthread_mutex_lock(pthread_mutex_t *m);
int pthread_mutex_trylock(pthread_mutex_t *m);
int pthread_mutex_timedlock(pthread_mutex_t *__restrict m, const struct timespec *__restrict until);
int pthread_mutex_unlock(pthread_mutex_t *m);					/* EPERM: not the caller's; EINVAL: is none */
int pthread_mutex_getprioceiling(const pthread_mutex_t *__restrict m, int *__restrict ceiling);	/* EINVAL: not of PTHREAD_PRIO_PROTECT */
int pthread_mutex_setprioceiling(pthread_mutex_t *__restrict m, int ceiling, int *__restrict old);	/* EINVAL; EPERM; as pthread_mutex_lock */

int pthread_mutexattr_init(pthread_mutexattr_t *a);			/* EINVAL in all others: is none, or no such value */
int pthread_mutexattr_destroy(pthread_mutexattr_t *a);
int pthread_mutexattr_settype(pthread_mutexattr_t *a, int type);
int pthread_mutexattr_gettype(const pthread_mutexattr_t *__restrict a, int *__restrict type);
int pthread_mutexattr_setprotocol(pthread_mutexattr_t *a, int protocol);	/* ENOTSUP: no such protocol */
int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *__restrict a, int *__restrict protocol);
int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *a, int ceiling);	/* 1 to 31; default 31 */
int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *__restrict a, int *__restrict ceiling);

/*
 * Condition variables.  The caller has the mutex (EPERM), the same for all that wait (EINVAL), and has it again
 * afterwards, also when it was cancelled meanwhile.  A signal's handler may make a wait end early, with 0.
 */
int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a);	/* EINVAL: attributes that are none */
int pthread_cond_destroy(pthread_cond_t *c);				/* EBUSY: somebody waits; EINVAL: is none */
int pthread_cond_wait(pthread_cond_t *__restrict c, pthread_mutex_t *__restrict m);
/* ETIMEDOUT: the variable's clock reached `until`; EINVAL: tv_nsec not below 1,000,000,000. */
int pthread_cond_timedwait(pthread_cond_t *__restrict c, pthread_mutex_t *__restrict m, const struct timespec *__restrict until);
int pthread_cond_signal(pthread_cond_t *c);				/* the waiter of highest priority; EINVAL: is none */
int pthread_cond_broadcast(pthread_cond_t *c);

int pthread_condattr_init(pthread_condattr_t *a);			/* EINVAL in all others: is none, or no such value */
int pthread_condattr_destroy(pthread_condattr_t *a);
int pthread_condattr_setclock(pthread_condattr_t *a, clockid_t clock);	/* CLOCK_REALTIME, the default, or CLOCK_MONOTONIC */
int pthread_condattr_getclock(const pthread_condattr_t *__restrict a, clockid_t *__restrict clock);

/*
 * Beyond PSE51: locks for readers and writers.  A writer that waits goes before readers that come then, unless their priority is higher.
 * EINVAL: is none.  EBUSY: try, it is taken; destroy, somebody has it.  EDEADLK: the caller writes already.  EPERM: unlock, the
 * caller does not write and nobody reads.  EAGAIN: too many readers.  ETIMEDOUT and EINVAL: as pthread_mutex_timedlock.
 */
int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *a);
int pthread_rwlock_destroy(pthread_rwlock_t *l);
int pthread_rwlock_rdlock(pthread_rwlock_t *l);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *l);
int pthread_rwlock_timedrdlock(pthread_rwlock_t *__restrict l, const struct timespec *__restrict until);
int pthread_rwlock_wrlock(pthread_rwlock_t *l);
int pthread_rwlock_trywrlock(pthread_rwlock_t *l);
int pthread_rwlock_timedwrlock(pthread_rwlock_t *__restrict l, const struct timespec *__restrict until);
int pthread_rwlock_unlock(pthread_rwlock_t *l);
int pthread_rwlockattr_init(pthread_rwlockattr_t *a);
int pthread_rwlockattr_destroy(pthread_rwlockattr_t *a);

/* Beyond PSE51: barriers.  The last of `count` threads gets PTHREAD_BARRIER_SERIAL_THREAD.  EINVAL: is none, count 0; EBUSY: somebody waits. */
int pthread_barrier_init(pthread_barrier_t *__restrict b, const pthread_barrierattr_t *__restrict a, unsigned count);
int pthread_barrier_destroy(pthread_barrier_t *b);
int pthread_barrier_wait(pthread_barrier_t *b);
int pthread_barrierattr_init(pthread_barrierattr_t *a);
int pthread_barrierattr_destroy(pthread_barrierattr_t *a);

/*
 * Beyond PSE51: spin locks.  There is one processor: who finds one taken lets others run, of any priority.
 * EINVAL: is none; EBUSY: try, it is taken; destroy, likewise; EDEADLK: the caller has it; EPERM: unlock, the caller has it not.
 */
int pthread_spin_init(pthread_spinlock_t *l, int shared);
int pthread_spin_destroy(pthread_spinlock_t *l);
int pthread_spin_lock(pthread_spinlock_t *l);
int pthread_spin_trylock(pthread_spinlock_t *l);
int pthread_spin_unlock(pthread_spinlock_t *l);

/* How many processors its threads should get: kept, and of no other use.  EINVAL: negative. */
int pthread_setconcurrency(int level);
int pthread_getconcurrency(void);

#ifdef __cplusplus
}
#endif

#endif
