/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: it looks for a letter, and then listens for the bell. One that rings in between is not heard. */
#include "mailbox.h"
#include "worker.h"

static struct workers workers;
static struct mailbox mailbox;

static uint32_t wait(struct mailbox *m)
{
	while (!__atomic_load_n(&m->letter, __ATOMIC_ACQUIRE)) {
		uint32_t rings = __atomic_load_n(&m->rings, __ATOMIC_ACQUIRE);

		ms_futex_wait(&m->rings, rings, MS_FOREVER);
	}
	return m->letter;
}

static void put(void *unused)
{
	(void)unused;
	__atomic_store_n(&mailbox.letter, 7, __ATOMIC_RELEASE);
	__atomic_add_fetch(&mailbox.rings, 1, __ATOMIC_RELEASE);
	ms_futex_wake(&mailbox.rings, 1);
	worker_end(&workers);
}

int main(void)
{
	if (worker_start(&workers, put, NULL) < 0)
		return 1;
	return wait(&mailbox) == 7 ? 0 : 1;
}
