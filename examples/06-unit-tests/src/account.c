/* SPDX-License-Identifier: Apache-2.0 */
#include "account.h"

/* All threads take the two in the same order, that of their addresses: so no two wait for each other. */
void account_transfer(struct account *from, struct account *to, int money)
{
	struct account *first = from < to ? from : to, *second = from < to ? to : from;

	mutex_lock(&first->mutex);
	mutex_lock(&second->mutex);
	from->money -= money;
	to->money += money;
	mutex_unlock(&second->mutex);
	mutex_unlock(&first->mutex);
}
