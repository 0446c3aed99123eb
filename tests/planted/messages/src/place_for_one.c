/* SPDX-License-Identifier: Apache-2.0 */
/* The mistake is the partner's. */
#include "planted.h"

enum { THREADS = 4 };

static void *go(void *type)
{
	psa_handle_t h = desk();

	ask(h, *(const int32_t *)type);
	psa_close(h);
	return NULL;
}

/* In turns: who waits is woken before the next one comes. */
void planted_place_for_one(bool mended)
{
	static int32_t type[THREADS] = { DESK_WAIT, DESK_WAKE, DESK_WAIT, DESK_WAKE };
	static int32_t mend = DESK_MEND;
	pthread_t t[THREADS];

	if (mended)
		go(&mend);
	for (int i = 0; i < THREADS; i++)
		assert(!pthread_create(&t[i], NULL, go, &type[i]));
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
}
