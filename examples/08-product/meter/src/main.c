/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A meter that tells nobody but its owner: each reading is sealed by one service and sent by another.  It has neither
 * key nor registers.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <SysCall.h>
#include <ms/syscall.h>

#include "telegram.h"
#include "wire.h"

enum { TELEGRAMS = 3, NSEC_PER_MSEC = 1000000, PAUSE_MSEC = 200 };

static char text[CIPHER_TEXT_MAX];
static struct telegram telegram;

/* What it measures: how long the device is up. */
static void read_meter(unsigned number)
{
	uint32_t msec = (uint32_t)(ms_clock() / NSEC_PER_MSEC);

	snprintf(text, sizeof(text), "telegram %u: up for %" PRIu32 ".%03" PRIu32 " s", number, msec / 1000, msec % 1000);
}

static psa_status_t deliver(void)
{
	static char line[TELEGRAM_LINE_MAX];
	psa_status_t status = telegram_seal(text, &telegram);

	if (status == PSA_SUCCESS)
		status = telegram_compare(&telegram, text);
	return status == PSA_SUCCESS ? wire_send(line, telegram_line(&telegram, line)) : status;
}

int main(void)
{
	for (unsigned i = 1; i <= TELEGRAMS; i++) {
		ms_sleep_until(ms_clock() + PAUSE_MSEC * NSEC_PER_MSEC);
		read_meter(i);
		psa_status_t status = deliver();

		if (status != PSA_SUCCESS) {
			LOG_ERROR("%s: %" PRId32, text, status);
			return EXIT_FAILURE;
		}
		LOG_INFO("%s, sealed and sent", text);
	}
	telegram.sealed[0] ^= 1;
	LOG_INFO("one bit changed: the cipher says %" PRId32, telegram_compare(&telegram, text));
	return EXIT_SUCCESS;
}
