/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the one that the test names. */
#include "planted.h"

#include <time.h>

volatile int planted_which, planted_mended;

psa_handle_t desk(void)
{
	psa_handle_t h = psa_connect(DESK_SID, DESK_VERSION);

	assert(PSA_HANDLE_IS_VALID(h));
	return h;
}

psa_status_t ask(psa_handle_t h, int32_t type)
{
	return psa_call(h, type, NULL, 0, NULL, 0);
}

psa_status_t ask_with(psa_handle_t h, int32_t type, uint32_t number)
{
	return psa_call(h, type, &(psa_invec){ &number, sizeof(number) }, 1, NULL, 0);
}

uint32_t ask_for(psa_handle_t h, int32_t type)
{
	uint32_t number = 0;
	psa_status_t status = psa_call(h, type, NULL, 0, &(psa_outvec){ &number, sizeof(number) }, 1);

	assert(status == PSA_SUCCESS);
	return number;
}

void later(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

void both(void *(*f)(void *), void *(*g)(void *))
{
	pthread_t one, other;
	int rc = pthread_create(&one, NULL, f, NULL) | pthread_create(&other, NULL, g, NULL);

	assert(rc == 0);
	pthread_join(one, NULL);
	pthread_join(other, NULL);
}

static void (*const bugs[])(bool mended) = {
#define BUG(name, what) [PLANTED_##name] = planted_##name,
#include "bugs.def"
#undef BUG
};

/* After a fault it is started again with nothing to do: that is no success. */
int main(void)
{
	if (planted_which == PLANTED_NONE)
		return 1;
	bugs[planted_which](planted_mended);
	return 0;
}
