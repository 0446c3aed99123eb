/* SPDX-License-Identifier: Apache-2.0 */
#include "account.h"

#include <stdio.h>

/* All threads take the two in the same order, that of their addresses: so no two wait for each other. */
void account_transfer(struct account *from, struct account *to, int money)
{
	struct account *first = from < to ? from : to, *second = from < to ? to : from;

	pthread_mutex_lock(&first->mutex);
	pthread_mutex_lock(&second->mutex);
	from->money -= money;
	to->money += money;
	pthread_mutex_unlock(&second->mutex);
	pthread_mutex_unlock(&first->mutex);
}

void account_tell(struct account *account, char *text, size_t size)
{
	pthread_mutex_lock(&account->mutex);
	snprintf(text, size, "%s: %d", account->owner, account->money);
	pthread_mutex_unlock(&account->mutex);
}
