/* SPDX-License-Identifier: Apache-2.0 */
#include "partner.h"

#include <pthread.h>
#include <time.h>

enum { EVENTS = 2, PAUSE_NSEC = 2000000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint32_t happened;

static void *happen(void *unused)
{
	for (int i = 0; i < EVENTS; i++) {
		nanosleep(&(struct timespec){ .tv_nsec = PAUSE_NSEC }, NULL);
		pthread_mutex_lock(&mutex);
		happened++;
		pthread_mutex_unlock(&mutex);
		psa_notify(PLANTED_PID);
	}
	return unused;
}

void events_begin(const psa_msg_t *m)
{
	pthread_t t;

	if (pthread_create(&t, NULL, happen, NULL)) {
		psa_reply(m->handle, PSA_ERROR_INSUFFICIENT_MEMORY);
		return;
	}
	pthread_detach(t);
	psa_reply(m->handle, PSA_SUCCESS);
}

psa_status_t events_take(const psa_msg_t *m)
{
	pthread_mutex_lock(&mutex);

	uint32_t taken = happened;

	happened = 0;
	pthread_mutex_unlock(&mutex);
	return answer_number(m, taken);
}
