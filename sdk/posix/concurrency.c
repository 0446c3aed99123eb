/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <pthread.h>

static int level_asked;

int pthread_setconcurrency(int level)
{
	if (level < 0)
		return EINVAL;
	level_asked = level;
	return 0;
}

int pthread_getconcurrency(void)
{
	return level_asked;
}
