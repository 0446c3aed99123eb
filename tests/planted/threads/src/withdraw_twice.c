/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int balance = 10;
static bool at_once;

static bool enough(int money)
{
	pthread_mutex_lock(&mutex);
	bool is = balance >= money;
	pthread_mutex_unlock(&mutex);
	return is;
}

static void take(int money)
{
	pthread_mutex_lock(&mutex);
	if (!at_once || balance >= money)
		balance -= money;
	pthread_mutex_unlock(&mutex);
}

static void *withdraw(void *unused)
{
	if (enough(10))
		take(10);
	return unused;
}

void planted_withdraw_twice(bool mended)
{
	at_once = mended;
	both(withdraw, withdraw);
	assert(balance >= 0);
}
