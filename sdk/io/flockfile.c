/* SPDX-License-Identifier: Apache-2.0 */
#include "stream_lock.h"

void flockfile(FILE *f)
{
	stream_lock_take(stream_lock_of(f));
}

int ftrylockfile(FILE *f)
{
	return stream_lock_try(stream_lock_of(f)) ? 0 : -1;
}

void funlockfile(FILE *f)
{
	stream_lock_give(stream_lock_of(f));
}
