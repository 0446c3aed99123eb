/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: each takes its own account first. Most of the time nothing comes of it. */
#include "account.h"

static struct account left = { .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };
static struct account right = { .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };

static void transfer(struct account *from, struct account *to, int money)
{
	pthread_mutex_lock(&from->mutex);
	pthread_mutex_lock(&to->mutex);
	from->money -= money;
	to->money += money;
	pthread_mutex_unlock(&to->mutex);
	pthread_mutex_unlock(&from->mutex);
}

static void *to_the_right(void *unused)
{
	transfer(&left, &right, 30);
	return unused;
}

static void *to_the_left(void *unused)
{
	transfer(&right, &left, 10);
	return unused;
}

int main(void)
{
	pthread_t one, other;

	if (pthread_create(&one, NULL, to_the_right, NULL) || pthread_create(&other, NULL, to_the_left, NULL))
		return 1;
	pthread_join(one, NULL);
	pthread_join(other, NULL);
	return 0;
}
