/* SPDX-License-Identifier: Apache-2.0 */
#include "readings.h"

static void unlock(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

void readings_put(struct readings *r, int reading)
{
	pthread_mutex_lock(&r->mutex);
	pthread_cleanup_push(unlock, &r->mutex);
	while (r->put - r->got == READINGS_MAX)
		pthread_cond_wait(&r->changed, &r->mutex);
	r->at[r->put++ % READINGS_MAX] = reading;
	pthread_cond_broadcast(&r->changed);
	pthread_cleanup_pop(1);
}

bool readings_get(struct readings *r, int *reading)
{
	pthread_mutex_lock(&r->mutex);
	while (r->put == r->got && !r->closed)
		pthread_cond_wait(&r->changed, &r->mutex);
	bool some = r->put != r->got;

	if (some)
		*reading = r->at[r->got++ % READINGS_MAX];
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->mutex);
	return some;
}

void readings_close(struct readings *r)
{
	pthread_mutex_lock(&r->mutex);
	r->closed = true;
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->mutex);
}
