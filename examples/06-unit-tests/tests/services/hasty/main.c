/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: each takes its own account first. Most of the time nothing comes of it. */
#include "account.h"
#include "worker.h"

static struct workers workers;
static struct account left = { .money = 100 }, right = { .money = 100 };

static void transfer(struct account *from, struct account *to, int money)
{
	mutex_lock(&from->mutex);
	mutex_lock(&to->mutex);
	from->money -= money;
	to->money += money;
	mutex_unlock(&to->mutex);
	mutex_unlock(&from->mutex);
}

static void to_the_right(void *unused)
{
	(void)unused;
	transfer(&left, &right, 30);
	worker_end(&workers);
}

static void to_the_left(void *unused)
{
	(void)unused;
	transfer(&right, &left, 10);
	worker_end(&workers);
}

int main(void)
{
	if (worker_start(&workers, to_the_right, NULL) < 0 || worker_start(&workers, to_the_left, NULL) < 0)
		return 1;
	worker_wait(&workers);
	return 0;
}
