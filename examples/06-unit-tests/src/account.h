/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <pthread.h>
#include <stddef.h>

struct account {
	const char *owner;
	pthread_mutex_t mutex;
	int money;
};

/* Nobody else sees a moment in which the money is in both or in neither. */
void account_transfer(struct account *from, struct account *to, int money);

/* Writes "owner: money" into text, cut to size, with a NUL. */
void account_tell(struct account *account, char *text, size_t size);

#endif
