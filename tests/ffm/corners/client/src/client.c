/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client's side of corners of the framework, read from its specification.  Its first life tries what must hold, and what stops the
 * server; each further one makes one mistake, from which no call returns: a line that begins with "stops:" is its last.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <psa/client.h>
#include <psa/error.h>
#include <psa/service.h>

#include "psa_manifest/corner_client.h"
#include "psa_manifest/sid.h"

enum { MISTAKE = 100, ANSWER = 1000 };

static const char digits[] = "0123456789";
static char text[16];
static psa_handle_t one;

static void check(const char *promise, int holds)
{
	printf("%s: %s\n", promise, holds ? "holds" : "BROKEN");
}

/* A request with the ten digits for an input, and an output of 4 bytes. */
static psa_status_t ask(int32_t type)
{
	psa_invec in = { digits, 10 };
	psa_outvec out = { text, 4 };

	return psa_call(one, type, &in, 1, &out, 1);
}

static psa_status_t answered(psa_status_t status)
{
	psa_invec in = { &status, sizeof(status) };

	return psa_call(one, ANSWER, &in, 1, NULL, 0);
}

static void versions(void)
{
	psa_handle_t older = psa_connect(CORNER_SID, 1);

	check("a relaxed service takes an older client", PSA_HANDLE_IS_VALID(older));
	psa_close(older);
	check("versions are told", psa_version(CORNER_SID) == 3 && psa_version(CORNER_STRICT_SID) == 3 && psa_version(CORNER_FREE_SID) == 2);
	check("not of what is absent, nor of its own", psa_version(0xE1FF) == PSA_VERSION_NONE && psa_version(CORNER_OWN_SID) == PSA_VERSION_NONE);
}

static void connections(void)
{
	psa_handle_t two;

	check("refused for now", psa_connect(CORNER_STRICT_SID, 3) == PSA_ERROR_CONNECTION_BUSY);
	check("refused for good", psa_connect(CORNER_STRICT_SID, 3) == PSA_ERROR_CONNECTION_REFUSED);
	check("not refused", PSA_HANDLE_IS_VALID(two = psa_connect(CORNER_STRICT_SID, 3)));
	psa_close(two);
	psa_close(PSA_NULL_HANDLE);
	one = psa_connect(CORNER_SID, 3);
	check("a connection has no value at first", ask(7) == 2);
	check("and keeps the last", ask(7) == 1);
	two = one;
	one = psa_connect(CORNER_SID, 3);
	check("another has its own", ask(7) == 2);
	psa_close(two);
	check("a request without a connection has none", psa_call(CORNER_FREE_HANDLE, 0, NULL, 0, NULL, 0) == 1);
}

static void vectors(void)
{
	static const char *const promise[] = { "an input is read in pieces", "no more is read than there is", "nothing may be anywhere" };
	psa_invec in[3] = { { digits, 10 }, { digits + 4, 0 }, { text + 8, 1 } };
	psa_outvec out[2] = { { text, 4 }, { text + 4, 4 } };

	for (int32_t i = 0; i < 3; i++)
		check(promise[i], ask(i) == 1);
	check("sizes are told; an empty input may lie within another", psa_call(one, 3, in, 3, out, 1) == 1 && out[0].len == 0);
	memset(text, '.', sizeof(text));
	out[0].len = 4;
	check("what is written is told for each output",
	      psa_call(one, 4, NULL, 0, out, 2) == 1 && out[0].len == 0 && out[1].len == 3 && !memcmp(text, "....abc.", 8));
	memcpy(text, digits, 10);
	in[0].base = text;
	out[0].len = 10;
	check("an output may lie over an input", psa_call(one, 5, in, 1, out, 1) == 1 && out[0].len == 2 && !memcmp(text, "xy23456789", 10));
	check("the address of no vectors is ignored", psa_call(one, 6, (void *)UINTPTR_MAX, 0, (void *)UINTPTR_MAX, 0) == 1);
}

static void answers(void)
{
	static const psa_status_t status[] = {
		0, 1, INT32_MAX, INT32_MIN, -1, -128, -130, PSA_ERROR_CONNECTION_BUSY, PSA_ERROR_GENERIC_ERROR, -248, -249,
	};
	int same = 1;

	for (unsigned i = 0; i < sizeof(status) / sizeof(status[0]); i++)
		same &= answered(status[i]) == status[i];
	check("any status but one is the client's to judge", same);
	check("a service waits for what it waits for", ask(8) == 1);
	check("a heap gives all that it has, and keeps nothing", ask(9) == 1);
}

/* What stops the server is an error for the client; the service returns. */
static void server_stops(void)
{
	psa_handle_t other;
	psa_status_t status;
	int all = 1;

	for (int32_t i = 0; (status = ask(MISTAKE + i)) != i; i++) {
		if (status != PSA_ERROR_COMMUNICATION_FAILURE)
			all = printf("BROKEN: the server's mistake %d\n", (int)i) < 0;
		psa_close(one);
		one = psa_connect(CORNER_SID, 3);
	}
	check("each of the server's mistakes stops it", all);
	check("a value without a connection", psa_call(CORNER_FREE_HANDLE, PSA_CALL_TYPE_MAX, NULL, 0, NULL, 0) == PSA_ERROR_COMMUNICATION_FAILURE);
	for (int i = 0; i < 3; i++) {
		other = psa_connect(CORNER_STRICT_SID, 3);
		psa_close(PSA_HANDLE_IS_VALID(other) ? other : PSA_NULL_HANDLE);
	}
	check("an answer that no connection has", !PSA_HANDLE_IS_VALID(psa_connect(CORNER_STRICT_SID, 3)));
	check("the service returns", PSA_HANDLE_IS_VALID(one = psa_connect(CORNER_SID, 3)));
}

static void call_with(size_t inputs, size_t outputs)
{
	psa_invec in[5] = { { digits, 1 }, { digits + 1, 1 }, { digits + 2, 1 }, { digits + 3, 1 }, { digits + 4, 1 } };
	psa_outvec out[5] = { { text, 1 }, { text, 1 }, { text, 1 }, { text, 1 }, { text, 1 } };

	psa_call(one, 6, in, inputs, out, outputs);
}

static void call_in(const void *base, size_t size)
{
	psa_invec in = { base, size };

	psa_call(one, 6, &in, 1, NULL, 0);
}

static const psa_outvec constant = { NULL, 0 };

static void five_inputs(void)		{ call_with(5, 0); }
static void three_and_two(void)		{ call_with(3, 2); }
static void very_many(void)		{ call_with(SIZE_MAX, SIZE_MAX); }
static void a_negative_type(void)	{ ask(-1); }
static void too_high_a_type(void)	{ ask(PSA_CALL_TYPE_MAX + 1); }
static void no_handle(void)		{ one = PSA_NULL_HANDLE, ask(6); }
static void an_error_for_a_handle(void)	{ one = PSA_ERROR_CONNECTION_REFUSED, ask(6); }
static void a_closed_handle(void)	{ psa_close(one), ask(6); }
static void closed_twice(void)		{ psa_close(one), psa_close(one); }
static void closed_without(void)	{ psa_close(CORNER_FREE_HANDLE); }
static void too_new_for_a_relaxed(void)	{ psa_connect(CORNER_SID, 4); }
static void too_old_for_a_strict(void)	{ psa_connect(CORNER_STRICT_SID, 2); }
static void too_new_for_a_strict(void)	{ psa_connect(CORNER_STRICT_SID, 4); }
static void connected_without(void)	{ psa_connect(CORNER_FREE_SID, 2); }
static void absent(void)		{ psa_connect(0xE1FF, 1); }
static void its_own(void)		{ psa_call(CORNER_OWN_HANDLE, 0, NULL, 0, NULL, 0); }
static void an_input_at_zero(void)	{ call_in(NULL, 1); }
static void an_input_round_the_end(void) { call_in((void *)(UINTPTR_MAX - 15), 32); }
static void an_input_without_end(void)	{ call_in(digits, SIZE_MAX); }
static void a_constant_output(void)	{ psa_outvec out = { (void *)digits, 4 }; psa_call(one, 6, NULL, 0, &out, 1); }
static void constant_outputs(void)	{ psa_call(one, 6, NULL, 0, (psa_outvec *)&constant, 1); }
static void inputs_at_zero(void)	{ psa_call(one, 6, NULL, 1, NULL, 0); }
static void says_the_server(void)	{ answered(PSA_ERROR_PROGRAMMER_ERROR); }

static void one_input_over_another(void)
{
	psa_invec in[2] = { { digits, 4 }, { digits + 3, 4 } };

	psa_call(one, 6, in, 2, NULL, 0);
}

static const struct mistake { const char *what; void (*make)(void); } mistakes[] = {
#define MISTAKE_OF(name) { #name, name }
	MISTAKE_OF(five_inputs), MISTAKE_OF(three_and_two), MISTAKE_OF(very_many), MISTAKE_OF(a_negative_type), MISTAKE_OF(too_high_a_type),
	MISTAKE_OF(no_handle), MISTAKE_OF(an_error_for_a_handle), MISTAKE_OF(a_closed_handle), MISTAKE_OF(closed_twice), MISTAKE_OF(closed_without),
	MISTAKE_OF(too_new_for_a_relaxed), MISTAKE_OF(too_old_for_a_strict), MISTAKE_OF(too_new_for_a_strict), MISTAKE_OF(connected_without),
	MISTAKE_OF(absent), MISTAKE_OF(its_own), MISTAKE_OF(an_input_at_zero), MISTAKE_OF(an_input_round_the_end),
	MISTAKE_OF(an_input_without_end), MISTAKE_OF(a_constant_output), MISTAKE_OF(constant_outputs), MISTAKE_OF(inputs_at_zero),
	MISTAKE_OF(says_the_server), MISTAKE_OF(one_input_over_another),
};

void client_main(void)
{
	uint32_t life = (uint32_t)psa_call(CORNER_NEXT_HANDLE, 0, NULL, 0, NULL, 0);

	if (life == 0) {
		versions();
		connections();
		vectors();
		answers();
		server_stops();
		ask(-1);
	}
	if (life > sizeof(mistakes) / sizeof(mistakes[0])) {
		printf("all was tried\n");
		psa_wait(PSA_WAIT_ANY, PSA_BLOCK);
	}
	one = psa_connect(CORNER_SID, 3);
	printf("stops: %s\n", mistakes[life - 1].what);
	mistakes[life - 1].make();
	printf("BROKEN: it went on\n");
	psa_panic();
}
