/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The system calls of the runtime, as C functions.
 *
 * Each may be called from any thread of a service.  Those that can fail
 * return zero or a positive number for success and a negative -MS_E...
 * otherwise; a failed call has changed nothing.  Pointers must lie in the
 * caller's own memory (-MS_EFAULT).  Most code wants the C library or POSIX
 * instead: printf, malloc, clock_gettime, nanosleep.
 */
#ifndef MS_SYSCALL_H
#define MS_SYSCALL_H

#include <stddef.h>
#include <stdint.h>

#include <ms/abi/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * End this service, all its threads.  0 ends it for good; another status is a
 * failure: the product's restart policy decides.  Does not flush stdio: that
 * is exit(3)'s.
 */
_Noreturn void ms_exit(int status);

/* Let another ready thread of the same priority run first. */
void ms_yield(void);

/* Nanoseconds since the device booted.  Never goes back. */
uint64_t ms_clock(void);

/* Sleep until ms_clock() has reached `nsec`; returns at once when it has.  MS_FOREVER sleeps for ever. */
void ms_sleep_until(uint64_t nsec);

/*
 * Fill up to 256 bytes with true random numbers of the board.  -MS_EINVAL for
 * more, -MS_ENODEV on a board without a source.
 */
int ms_random(void *to, size_t size);

/*
 * Put one line into the log.  At most MS_LOG_LINE_MAX bytes are kept; control
 * characters become '?'.  Never waits: -MS_EAGAIN when the service logs faster than
 * its share and the line was dropped, -MS_EINVAL for an unknown severity.
 */
int ms_log(enum ms_severity severity, const char *text, size_t size);

/* One number about the system or the caller; *value is untouched on -MS_EINVAL. */
int ms_info(enum ms_info what, uint64_t *value);

/*
 * Start a thread at `entry(argument)` on a stack of the caller's own memory,
 * which it uses until it ends.  The lowest eighth of the stack is a guard.
 * `thread_pointer` is what __aeabi_read_tp gives there: the address of a block of
 * two words and a copy of the thread-local data (ms_thread_block_init makes
 * one).  Priority 0 means the caller's.  Returns the thread's number (> 0),
 * -MS_EINVAL (stack below 256 bytes or not a multiple of 8, priority above 31), -MS_EPERM (priority above the service's
 * ceiling), -MS_EAGAIN (no thread left), -MS_EFAULT.
 */
int ms_thread_create(void (*entry)(void *), void *argument, void *stack, size_t stack_size,
		     void *thread_pointer, unsigned priority);

/* End the calling thread.  When it is the last one, the service ends with status 0. */
_Noreturn void ms_thread_exit(void);

/*
 * The same; and when the thread is off its stack, so that this can be used again, *word becomes 0 and those that wait
 * for it wake.  It must be memory of the caller's.
 */
_Noreturn void ms_thread_leave(uint32_t *word);

/* The calling thread's number; 0 is the main thread. */
int ms_thread_self(void);

/* Set a thread's priority; returns the one before.  -MS_ENOENT, -MS_EPERM above the ceiling, -MS_EINVAL. */
int ms_thread_priority(int thread, unsigned priority);

/*
 * Wait while *word == expected, until ms_clock() reaches `deadline_nsec` at
 * the latest.  MS_OK when woken, -MS_EAGAIN when *word holds another value,
 * -MS_ETIMEDOUT, -MS_EINVAL when word is not aligned.
 */
int ms_futex_wait(const uint32_t *word, uint32_t expected, uint64_t deadline_nsec);

/*
 * The same, where a thread of this service (its number, as ms_thread_self gives it) holds what the word stands for:
 * while the caller waits it runs at least at the caller's priority, up to the service's ceiling.  A number that is no
 * thread's changes nothing.
 */
int ms_futex_wait_for(const uint32_t *word, uint32_t expected, uint64_t deadline_nsec, int holder);

/* Wake up to `count` threads of this service that wait for the word; returns how many. */
int ms_futex_wake(const uint32_t *word, unsigned count);

/*
 * Put `value` into *word if it holds `expected`, in one step that no other thread sees half of; *held becomes what it
 * held.  For processors that have no such instruction (v6m): there the compiler's atomic operations come down to this.
 * MS_OK, -MS_EAGAIN when *word holds another value, -MS_EINVAL when word is not aligned, -MS_EFAULT.
 */
int ms_futex_swap(uint32_t *word, uint32_t expected, uint32_t value, uint32_t *held);

/* Bytes a thread's block needs, and how to fill one (any memory, aligned to 8). */
size_t ms_thread_block_size(void);
void ms_thread_block_init(void *block);

#ifdef __cplusplus
}
#endif

#endif
