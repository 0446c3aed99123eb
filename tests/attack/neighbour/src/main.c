/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who must not notice: counts once a millisecond, checks its own memory, and is a client of the server that the attacker
 * calls, too, by a connection and without one. Tells when it was late, or not served in time, or anything changed.
 */
#include <stdbool.h>
#include <string.h>

#include <SysCall.h>
#include <ms/psa.h>
#include <psa_manifest/sid.h>

#include "asked.h"

enum { PERIOD_NSEC = 1000000, LATE_NSEC = 5000000, WORDS = 64, TELL_EACH = 1000, CALL_EACH = 8, TEXT = 100, ROOM = 16 };

static uint32_t canary[WORDS];
static psa_handle_t connection;

static uint32_t expected(uint32_t i, uint32_t count)
{
	return i * 2654435761u + count;
}

static void call(uint32_t count)
{
	uint8_t text[TEXT], room[ROOM];
	const psa_invec in = { text, sizeof(text) };
	psa_outvec out = { room, sizeof(room) };
	psa_status_t status = 0;

	memset(text, (int)(count & 0x7f), sizeof(text));
	memset(room, 0xff, sizeof(room));
	int rc = ms_psa_call(count & 1 ? connection : (psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, &in, 1, &out, 1, ms_clock() + LATE_NSEC, &status);

	if (rc < 0 || status != (psa_status_t)(TEXT * (count & 0x7f)))
		LOG_ERROR("neighbour was not served at call %lu: %d, %ld", (unsigned long)count, rc, (long)status);
	else if (out.len != 8 || memcmp(room, VAULT_ANSWER, 8) || room[8] != 0xff || room[ROOM - 1] != 0xff)
		LOG_ERROR("neighbour was served something else at call %lu", (unsigned long)count);
}

/* Sleep with a secret in each register of the FPU; are they still there? */
static bool sleeps_with_secrets(uint64_t due)
{
#ifdef __ARM_FP
	uint32_t secret[32], found[32], control;

	for (unsigned i = 0; i < 32; i++)
		secret[i] = FPU_SECRET + i;
	__asm__ volatile("vldmia %0, {s0-s31}\n\tvmsr fpscr, %1" : : "r"(secret), "r"(FPU_CONTROL) : "memory");
	ms_sleep_until(due);
	__asm__ volatile("vstmia %1, {s0-s31}\n\tvmrs %0, fpscr" : "=r"(control) : "r"(found) : "memory");
	__asm__ volatile("vmsr fpscr, %0" : : "r"(0));
	return !memcmp(secret, found, sizeof(found)) && !((control ^ FPU_CONTROL) & FPU_CONTROL);
#else
	ms_sleep_until(due);
	return true;
#endif
}

int main(void)
{
	uint64_t due = ms_clock();
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run != 1)
		LOG_ERROR("neighbour was restarted");
	connection = psa_connect(VAULT_SID, VAULT_VERSION);
	for (uint32_t count = 0;; count++) {
		for (uint32_t i = 0; i < WORDS; i++)
			canary[i] = expected(i, count);
		due += PERIOD_NSEC;
		if (!sleeps_with_secrets(due))
			LOG_ERROR("neighbour's registers changed at count %lu", (unsigned long)count);
		if (ms_clock() - due > LATE_NSEC)
			LOG_ERROR("neighbour was late at count %lu", (unsigned long)count);
		if (count % CALL_EACH == 0)
			call(count / CALL_EACH);
		for (uint32_t i = 0; i < WORDS; i++)
			if (canary[i] != expected(i, count))
				LOG_ERROR("neighbour's memory changed at count %lu", (unsigned long)count);
		if (count % TELL_EACH == TELL_EACH - 1)
			LOG_INFO("neighbour counts %lu", (unsigned long)count + 1);
	}
}
