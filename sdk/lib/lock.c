/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's locks (its "retargetable locking" interface), on latches. */
#include <sys/lock.h>

#include <stdint.h>
#include <stdlib.h>

#include "identity.h"
#include "latch.h"

struct __lock {
	uint32_t word;
	uint32_t depth;		/* of the recursive kind */
	uintptr_t owner;	/* likewise */
};

/* The one lock that the library has of its own: malloc, stdio, atexit and the rest. */
struct __lock __lock___libc_recursive_mutex;

void __retarget_lock_acquire(_LOCK_T lock)
{
	ms_latch_take(&lock->word);
}

void __retarget_lock_release(_LOCK_T lock)
{
	ms_latch_give(&lock->word);
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
	uintptr_t self = thread_identity();

	if (__atomic_load_n(&lock->owner, __ATOMIC_RELAXED) != self) {
		ms_latch_take(&lock->word);
		__atomic_store_n(&lock->owner, self, __ATOMIC_RELAXED);
	}
	lock->depth++;
}

void __retarget_lock_release_recursive(_LOCK_T lock)
{
	if (--lock->depth)
		return;
	__atomic_store_n(&lock->owner, 0, __ATOMIC_RELAXED);
	ms_latch_give(&lock->word);
}

void __retarget_lock_init(_LOCK_T *lock)
{
	*lock = calloc(1, sizeof(**lock));
}

void __retarget_lock_init_recursive(_LOCK_T *lock)
{
	__retarget_lock_init(lock);
}

void __retarget_lock_close(_LOCK_T lock)
{
	free(lock);
}

void __retarget_lock_close_recursive(_LOCK_T lock)
{
	free(lock);
}
