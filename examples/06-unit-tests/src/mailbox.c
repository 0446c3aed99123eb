/* SPDX-License-Identifier: Apache-2.0 */
#include "mailbox.h"

#include <ms/syscall.h>

void mailbox_put(struct mailbox *m, uint32_t letter)
{
	__atomic_store_n(&m->letter, letter, __ATOMIC_RELEASE);
	__atomic_add_fetch(&m->rings, 1, __ATOMIC_RELEASE);
	ms_futex_wake(&m->rings, 1);
}

/* The bell is read before the letter is looked for: one that comes in between has rung it, and the wait does not begin. */
uint32_t mailbox_wait(struct mailbox *m)
{
	for (;;) {
		uint32_t rings = __atomic_load_n(&m->rings, __ATOMIC_ACQUIRE);
		uint32_t letter = __atomic_load_n(&m->letter, __ATOMIC_ACQUIRE);

		if (letter)
			return letter;
		ms_futex_wait(&m->rings, rings, MS_FOREVER);
	}
}
