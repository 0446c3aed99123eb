/* SPDX-License-Identifier: Apache-2.0 */
/* Uses what the other partition provides; each line that it prints is a promise of the framework. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <psa/client.h>
#include <psa/service.h>

#include "psa_manifest/ffm_client.h"
#include "psa_manifest/pid.h"
#include "psa_manifest/sid.h"

static void check(const char *promise, int holds)
{
	printf("%s: %s\n", promise, holds ? "holds" : "BROKEN");
}

static void versions(void)
{
	check("the framework is 1.1", psa_framework_version() == 0x0101);
	check("a service has its version", psa_version(FFM_SECRET_SID) == FFM_SECRET_VERSION && psa_version(FFM_ADD_SID) == 3);
	check("what is not there has none", psa_version(0xdead) == PSA_VERSION_NONE);
	check("its own service is none that it may call", psa_version(FFM_CLIENT_DISPATCHER_SID) == PSA_VERSION_NONE);
}

static void connections(void)
{
	psa_handle_t one = psa_connect(FFM_SECRET_SID, 2), two = psa_connect(FFM_SECRET_SID, 2), three = psa_connect(FFM_SECRET_SID, 2);
	psa_invec in[2] = { { "tea", 3 }, { "milk", 4 } };
	char text[16] = "";
	psa_outvec out = { text, sizeof(text) };

	check("two connections", PSA_HANDLE_IS_VALID(one) && PSA_HANDLE_IS_VALID(two) && one != two);
	check("a busy service says so", PSA_HANDLE_TO_ERROR(three) == PSA_ERROR_CONNECTION_BUSY);
	check("a call", psa_call(one, 1, &in[0], 1, NULL, 0) == PSA_SUCCESS && psa_call(two, 1, &in[1], 1, NULL, 0) == PSA_SUCCESS);
	check("the doorbell rang", psa_wait(PSA_DOORBELL, PSA_POLL) == PSA_DOORBELL);
	psa_clear();
	check("and is silent", psa_wait(PSA_DOORBELL, PSA_POLL) == 0);
	check("an answer of 3", psa_call(one, 2, NULL, 0, &out, 1) == 3 && out.len == 3 && memcmp(text, "tea", 3) == 0);
	out.len = sizeof(text);
	check("an answer of 4", psa_call(two, 2, NULL, 0, &out, 1) == 4 && out.len == 4 && memcmp(text, "milk", 4) == 0);
	out.len = 3;
	check("a status of the service", psa_call(two, 2, NULL, 0, &out, 1) == PSA_ERROR_BUFFER_TOO_SMALL && out.len == 0);
	psa_close(one);
	psa_close(two);
	psa_close(PSA_NULL_HANDLE);
	check("a closed one is free again", PSA_HANDLE_IS_VALID(one = psa_connect(FFM_SECRET_SID, 2)));
	check("without what was there", psa_call(one, 2, NULL, 0, &out, 1) == 0);
	psa_close(one);
}

static void stateless(void)
{
	static const int32_t numbers[] = { 1, 20, 300, -4000 };
	psa_invec in[] = { { &numbers[0], 4 }, { &numbers[1], 8 }, { NULL, 0 }, { &numbers[3], 4 } };

	check("a stateless call of four inputs", psa_call(FFM_ADD_HANDLE, PSA_IPC_CALL, in, 4, NULL, 0) == 321 - 4000);
	check("a stateless call of none", psa_call(FFM_ADD_HANDLE, PSA_CALL_TYPE_MAX, NULL, 0, NULL, 0) == 0);
}

static void functions(void)
{
	int32_t number = 21, twice = 0;
	psa_invec in = { &number, sizeof(number) };
	psa_outvec out = { &twice, sizeof(twice) };
	psa_handle_t one;

	check("a function answers", psa_call(FFM_DOUBLE_HANDLE, PSA_IPC_CALL, &in, 1, &out, 1) == PSA_SUCCESS && twice == 42);
	check("with its own status", psa_call(FFM_DOUBLE_HANDLE, PSA_IPC_CALL, NULL, 0, NULL, 0) == PSA_ERROR_INVALID_ARGUMENT);
	check("a function has connections", PSA_HANDLE_IS_VALID(one = psa_connect(FFM_COUNT_SID, FFM_COUNT_VERSION)));
	check("a function refuses one", psa_connect(FFM_COUNT_SID, FFM_COUNT_VERSION) == PSA_ERROR_CONNECTION_REFUSED);
	check("and remembers", psa_call(one, 0, NULL, 0, NULL, 0) == 1 && psa_call(one, 5, NULL, 0, NULL, 0) == 2);
	psa_close(one);
	check("until it is closed", PSA_HANDLE_IS_VALID(one = psa_connect(FFM_COUNT_SID, 1)) && psa_call(one, 0, NULL, 0, NULL, 0) == 1);
	psa_close(one);
}

void client_main(void)
{
	versions();
	connections();
	stateless();
	functions();
	psa_notify(FFM_SERVER);
	check("ids differ", FFM_SERVER != FFM_CLIENT);
	printf("all was tried\n");
	psa_call(FFM_ADD_HANDLE, -1, NULL, 0, NULL, 0);
	printf("BROKEN: a programmer error returned\n");
}
