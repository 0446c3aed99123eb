/* SPDX-License-Identifier: Apache-2.0 */
/* Two threads move money to and fro, and one sends the other a letter. */
#include <stdio.h>

#include "account.h"
#include "mailbox.h"
#include "worker.h"

static struct workers workers;
static struct account left = { .money = 100 }, right = { .money = 100 };
static struct mailbox mailbox;

static void to_the_right(void *unused)
{
	(void)unused;
	account_transfer(&left, &right, 30);
	mailbox_put(&mailbox, 7);
	worker_end(&workers);
}

static void to_the_left(void *unused)
{
	(void)unused;
	account_transfer(&right, &left, 10);
	printf("letter %u\n", (unsigned)mailbox_wait(&mailbox));
	worker_end(&workers);
}

int main(void)
{
	if (worker_start(&workers, to_the_right, NULL) < 0 || worker_start(&workers, to_the_left, NULL) < 0)
		return 1;
	worker_wait(&workers);
	printf("left %d, right %d\n", left.money, right.money);
	return 0;
}
