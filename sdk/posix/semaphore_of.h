/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SEMAPHORE_OF_H
#define SEMAPHORE_OF_H

#include <errno.h>
#include <semaphore.h>

enum { SEM_LIVE = 0x53454d21, SEM_ONE = 2 };

static inline int sem_refuse(int error)
{
	errno = error;
	return -1;
}

#endif
