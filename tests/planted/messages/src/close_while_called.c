/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static psa_handle_t connection;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static bool locked;

static void lock(void)
{
	if (locked)
		pthread_mutex_lock(&mutex);
}

static void unlock(void)
{
	if (locked)
		pthread_mutex_unlock(&mutex);
}

static void *call(void *unused)
{
	lock();
	if (connection != PSA_NULL_HANDLE)
		ask_with(connection, DESK_ADD, 1);
	unlock();
	return unused;
}

static void *hang_up(void *unused)
{
	later();
	lock();
	psa_close(connection);
	connection = PSA_NULL_HANDLE;
	unlock();
	return unused;
}

void planted_close_while_called(bool mended)
{
	locked = mended;
	connection = desk();
	both(call, hang_up);
}
