/* SPDX-License-Identifier: Apache-2.0 */
/* By itself: who never asks for a protocol is not linked with them. */
#include <errno.h>

#include "mutex.h"

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *a, int protocol)
{
	int before;
	int rc = pthread_mutexattr_getprotocol(a, &before);

	if (rc)
		return rc;
	if (protocol < PTHREAD_PRIO_NONE || protocol > PTHREAD_PRIO_PROTECT)
		return ENOTSUP;
	a->__protocol = (uint8_t)protocol;
	mutex_protect = &mutex_protect_calls;
	return 0;
}
