/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static bool one_order;

static void *left_first(void *unused)
{
	pthread_mutex_lock(&left);
	pthread_mutex_lock(&right);
	pthread_mutex_unlock(&right);
	pthread_mutex_unlock(&left);
	return unused;
}

static void *right_first(void *unused)
{
	pthread_mutex_lock(one_order ? &left : &right);
	pthread_mutex_lock(one_order ? &right : &left);
	pthread_mutex_unlock(&left);
	pthread_mutex_unlock(&right);
	return unused;
}

void planted_lock_order(bool mended)
{
	one_order = mended;
	both(left_first, right_first);
}
