/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake: it looks for a letter, and then takes the mutex to listen for the bell. One that rings in between is not heard. */
#include "mailbox.h"

static struct mailbox mailbox = MAILBOX_EMPTY;

static int wait(struct mailbox *m)
{
	if (!m->letter) {
		pthread_mutex_lock(&m->mutex);
		pthread_cond_wait(&m->bell, &m->mutex);
		pthread_mutex_unlock(&m->mutex);
	}
	return m->letter;
}

static void *put(void *unused)
{
	pthread_mutex_lock(&mailbox.mutex);
	mailbox.letter = 7;
	pthread_cond_signal(&mailbox.bell);
	pthread_mutex_unlock(&mailbox.mutex);
	return unused;
}

int main(void)
{
	pthread_t sender;

	if (pthread_create(&sender, NULL, put, NULL))
		return 1;
	int letter = wait(&mailbox);

	pthread_join(sender, NULL);
	return letter == 7 ? 0 : 1;
}
