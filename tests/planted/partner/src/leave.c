/* SPDX-License-Identifier: Apache-2.0 */
#include "partner.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { A_LITTLE_NSEC = 2000000 };

static void *leave(void *unused)
{
	nanosleep(&(struct timespec){ .tv_nsec = A_LITTLE_NSEC }, NULL);
	exit(0);
	return unused;
}

void leave_soon(const psa_msg_t *m)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, leave, NULL);

	if (!rc)
		pthread_detach(t);
	psa_reply(m->handle, rc ? PSA_ERROR_INSUFFICIENT_MEMORY : PSA_SUCCESS);
}
