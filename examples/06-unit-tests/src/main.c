/* SPDX-License-Identifier: Apache-2.0 */
/* Two threads move money to and fro, and one sends the other a letter. */
#include <stdio.h>

#include "account.h"
#include "mailbox.h"

static struct account left = { .owner = "left", .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };
static struct account right = { .owner = "right", .mutex = PTHREAD_MUTEX_INITIALIZER, .money = 100 };
static struct mailbox mailbox = MAILBOX_EMPTY;

static void *to_the_right(void *unused)
{
	account_transfer(&left, &right, 30);
	mailbox_put(&mailbox, 7);
	return unused;
}

static void *to_the_left(void *unused)
{
	account_transfer(&right, &left, 10);
	printf("letter %d\n", mailbox_wait(&mailbox));
	return unused;
}

static void tell(struct account *account)
{
	char text[20];

	account_tell(account, text, sizeof(text));
	puts(text);
}

int main(void)
{
	pthread_t one, other;

	if (pthread_create(&one, NULL, to_the_right, NULL) || pthread_create(&other, NULL, to_the_left, NULL))
		return 1;
	pthread_join(one, NULL);
	pthread_join(other, NULL);
	tell(&left);
	tell(&right);
	return 0;
}
