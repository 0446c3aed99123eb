/* SPDX-License-Identifier: Apache-2.0 */
/* A partition of the model SFN (FF-M 1.1): a function for each service, and no loop. */
#include <stdint.h>

#include <psa/service.h>

#include "psa_manifest/ffm_functions.h"

static int32_t factor;
static uintptr_t connections;

psa_status_t functions_init(void)
{
	factor = 2;
	return PSA_SUCCESS;
}

psa_status_t ffm_double_sfn(const psa_msg_t *msg)
{
	int32_t number = 0;

	if (psa_read(msg->handle, 0, &number, sizeof(number)) != sizeof(number))
		return PSA_ERROR_INVALID_ARGUMENT;
	number *= factor;
	psa_write(msg->handle, 0, &number, sizeof(number));
	return PSA_SUCCESS;
}

/* How often a connection was used, and one connection at a time. */
psa_status_t ffm_count_sfn(const psa_msg_t *msg)
{
	uintptr_t count = (uintptr_t)msg->rhandle + 1;

	if (msg->type == PSA_IPC_CONNECT && connections)
		return PSA_ERROR_CONNECTION_REFUSED;
	if (msg->type == PSA_IPC_DISCONNECT) {
		connections--;
		return PSA_SUCCESS;
	}
	if (msg->type == PSA_IPC_CONNECT) {
		connections++;
		return PSA_SUCCESS;
	}
	psa_set_rhandle(msg->handle, (void *)count);
	return (psa_status_t)count;
}
