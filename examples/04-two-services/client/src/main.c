/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the server in all ways that there are, and lives on when the server does not. */
#include <inttypes.h>
#include <string.h>

#include <ms/psa.h>
#include <ms/syscall.h>

#include "SysCall.h"

#include "psa_manifest/sid.h"

#include "counter.h"

enum { NSEC_PER_MSEC = 1000000, PATIENCE_MSEC = 100 };

static psa_handle_t open_counter(void)
{
	psa_handle_t h = psa_connect(COUNTER_SID, COUNTER_VERSION);

	if (!PSA_HANDLE_IS_VALID(h))
		LOG_ERROR("no connection: %" PRId32, PSA_HANDLE_TO_ERROR(h));
	return h;
}

static void add(psa_handle_t h, uint32_t number)
{
	uint32_t sum;
	psa_status_t status = psa_call(h, COUNTER_ADD, &(psa_invec){ &number, sizeof(number) }, 1,
				       &(psa_outvec){ &sum, sizeof(sum) }, 1);

	if (status == PSA_SUCCESS)
		LOG_INFO("add %" PRIu32 ": the sum is %" PRIu32, number, sum);
	else
		LOG_ERROR("add %" PRIu32 ": %" PRId32, number, status);
}

/* Without a connection, by the handle that the generated header has. */
static void show_checksum(const char *text)
{
	uint32_t crc;
	psa_status_t status = psa_call(CHECKSUM_HANDLE, CHECKSUM_CRC32, &(psa_invec){ text, strlen(text) }, 1,
				       &(psa_outvec){ &crc, sizeof(crc) }, 1);

	if (status == PSA_SUCCESS)
		LOG_INFO("the checksum of \"%s\" is %08" PRIx32, text, crc);
	else
		LOG_ERROR("checksum: %" PRId32, status);
}

/* PSA waits for ever; <ms/psa.h> as long as one likes. */
static void wait_no_longer_than_needed(psa_handle_t h)
{
	uint32_t sum;
	psa_status_t status;
	int rc = ms_psa_call(h, COUNTER_LATER, NULL, 0, &(psa_outvec){ &sum, sizeof(sum) }, 1,
			     ms_clock() + (uint64_t)PATIENCE_MSEC * NSEC_PER_MSEC, &status);

	if (rc == -MS_ETIMEDOUT)
		LOG_INFO("no answer within %d ms: going on", PATIENCE_MSEC);
	else
		LOG_ERROR("an answer in time: %d", rc);
}

/* The server dies while it has our request: the call comes back, and a new connection waits for its restart. */
static psa_handle_t outlive(psa_handle_t h)
{
	psa_status_t status = psa_call(h, COUNTER_BREAK, NULL, 0, NULL, 0);

	if (status == PSA_ERROR_COMMUNICATION_FAILURE)
		LOG_INFO("the server has died: connecting again");
	else
		LOG_ERROR("the server lives: %" PRId32, status);
	psa_close(h);
	return open_counter();
}

int main(void)
{
	psa_handle_t one = open_counter(), other = open_counter();

	if (!PSA_HANDLE_IS_VALID(one) || !PSA_HANDLE_IS_VALID(other))
		return 1;
	add(one, 1);
	add(one, 2);
	add(other, 40);
	add(one, 3);
	psa_close(other);
	show_checksum("123456789");
	wait_no_longer_than_needed(one);
	one = outlive(one);
	if (!PSA_HANDLE_IS_VALID(one))
		return 1;
	add(one, 7);
	psa_close(one);
	return 0;
}
