/* SPDX-License-Identifier: Apache-2.0 */
/* Messages without end to the server that the neighbour calls, too: connections, calls, bells, and a low thread's call that stays in its way. */
#include "attempts.h"

#include <ms/psa.h>
#include <psa_manifest/pid.h>
#include <psa_manifest/sid.h>

#include "talk.h"

enum { CEILING = 9, SHARE_MAX = 16, SPIN_NSEC = 50000000 };

/* As many as are our share, then none; the last attempt closes them. */
bool flood_connections(uint32_t n)
{
	static psa_handle_t open[FLOOD_CONNECTIONS];
	static uint32_t count;
	psa_handle_t h = psa_connect(VAULT_SID, VAULT_VERSION);
	bool wrong = PSA_HANDLE_IS_VALID(h) ? count >= SHARE_MAX : h != PSA_ERROR_CONNECTION_BUSY;

	if (PSA_HANDLE_IS_VALID(h))
		open[count++] = h;
	if (n != FLOOD_CONNECTIONS - 1)
		return wrong;
	wrong |= count < 2 || psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, NULL, 0, NULL, 0) != PSA_ERROR_CONNECTION_BUSY;
	while (count)
		psa_close(open[--count]);
	return wrong;
}

bool flood_connecting(uint32_t n)
{
	psa_handle_t h = psa_connect(VAULT_SID, VAULT_VERSION);

	(void)n;
	psa_close(h);
	return !PSA_HANDLE_IS_VALID(h);
}

/* Given up at once, so that some wait in its queue for nobody. */
bool flood_messages(uint32_t n)
{
	psa_status_t status = 0;
	int rc = ms_psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, NULL, 0, NULL, 0, n & 1 ? 0 : in_usec(1000), &status);

	return (rc != MS_OK && rc != -MS_ETIMEDOUT) || (status && status != PSA_ERROR_CONNECTION_BUSY);
}

bool flood_bells(uint32_t n)
{
	psa_notify(n & 1 ? VAULT_PID : PUPPET_PID);
	return false;
}

static void calls_slowly(void *unused)
{
	(void)unused;
	for (;;)
		psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM_SLOWLY, NULL, 0, NULL, 0);
}

/* Three threads whose calls take long: the neighbour waits for one of them, not for all. */
bool flood_from_threads(uint32_t n)
{
	if (n == 0) {
		start_thread(0, calls_slowly, NULL, 0);
		start_thread(1, calls_slowly, NULL, 0);
	}
	return psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM_SLOWLY, NULL, 0, NULL, 0) != 0;
}

/* The server has our lowest thread's call in hand while our highest spins: for the neighbour it runs all the same. */
bool stay_in_the_way(uint32_t n)
{
	if (n == 0)
		start_thread(0, calls_slowly, NULL, 1);
	pause_usec(500);
	ms_thread_priority(ms_thread_self(), CEILING);
	for (uint64_t end = ms_clock() + SPIN_NSEC; ms_clock() < end; )
		;
	return ms_thread_priority(ms_thread_self(), 8) != CEILING;
}
