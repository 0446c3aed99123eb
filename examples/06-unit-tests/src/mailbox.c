/* SPDX-License-Identifier: Apache-2.0 */
#include "mailbox.h"

void mailbox_put(struct mailbox *m, int letter)
{
	pthread_mutex_lock(&m->mutex);
	m->letter = letter;
	pthread_cond_signal(&m->bell);
	pthread_mutex_unlock(&m->mutex);
}

/* Who looks for the letter holds the mutex until it listens for the bell: none comes in between. */
int mailbox_wait(struct mailbox *m)
{
	pthread_mutex_lock(&m->mutex);
	while (!m->letter)
		pthread_cond_wait(&m->bell, &m->mutex);
	int letter = m->letter;

	pthread_mutex_unlock(&m->mutex);
	return letter;
}
