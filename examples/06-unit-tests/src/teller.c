/* SPDX-License-Identifier: Apache-2.0 */
#include "teller.h"

#include <errno.h>

static int give(const struct vault *vault, int money)
{
	int error = vault->unlock(vault->context);

	return error ? error : vault->count_out(vault->context, money);
}

int teller_pay(struct account *account, int money, const struct vault *vault)
{
	pthread_mutex_lock(&account->mutex);
	int error = account->money < money ? ENOSPC : give(vault, money);

	if (!error)
		account->money -= money;
	pthread_mutex_unlock(&account->mutex);
	return error;
}
