/* SPDX-License-Identifier: Apache-2.0 */
/* One letter at a time, from one thread to another. */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <pthread.h>

struct mailbox {
	pthread_mutex_t mutex;
	pthread_cond_t bell;
	int letter;		/* 0: none */
};

#define MAILBOX_EMPTY { .mutex = PTHREAD_MUTEX_INITIALIZER, .bell = PTHREAD_COND_INITIALIZER }

void mailbox_put(struct mailbox *m, int letter);
int mailbox_wait(struct mailbox *m);

#endif
