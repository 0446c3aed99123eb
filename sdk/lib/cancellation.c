/* SPDX-License-Identifier: Apache-2.0 */
#include "cancellation.h"

#include <stddef.h>

#include <ms/syscall.h>

#define LOOK_NSEC UINT64_C(10000000)

void (*cancellation_hook)(void);
void (*stream_hook)(void);
enum interruption (*interruption_hook)(void);
uint64_t (*mask_hook)(uint64_t blocked);

bool ms_interrupted(bool restarts)
{
	enum interruption i = interruption_hook ? interruption_hook() : GOES_ON;

	return i == IS_INTERRUPTED || (i == GOES_ON_IF_IT_CAN && !restarts);
}

uint64_t ms_next_look(uint64_t deadline_nsec)
{
	uint64_t now = ms_clock();

	return interruption_hook && deadline_nsec > now && deadline_nsec - now > LOOK_NSEC ? now + LOOK_NSEC : deadline_nsec;
}
