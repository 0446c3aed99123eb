/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The server's side of corners of the framework.  A request's type says what is tried: a promise, which the server looks at itself
 * and answers with 1 if it holds, or, from 100 on, a programmer error of its own, from which it must not return.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <psa/error.h>
#include <psa/service.h>

#include "psa_manifest/corner_server.h"
#include "psa_manifest/pid.h"
#include "psa_manifest/sid.h"

static char bytes[16];
static psa_msg_t other;
static psa_handle_t answered;		/* the last message but the one at hand */

/* The input is "0123456789": read in pieces, skipped, and at its end as often as one likes. */
static int pieces(const psa_msg_t *msg)
{
	return psa_read(msg->handle, 0, bytes, 1) == 1 && bytes[0] == '0' &&
		psa_read(msg->handle, 0, bytes, 3) == 3 && !memcmp(bytes, "123", 3) &&
		psa_skip(msg->handle, 0, 2) == 2 &&
		psa_read(msg->handle, 0, bytes, 2) == 2 && !memcmp(bytes, "67", 2) &&
		psa_skip(msg->handle, 0, SIZE_MAX) == 2 &&
		psa_skip(msg->handle, 0, 1) == 0 && psa_read(msg->handle, 0, bytes, sizeof(bytes)) == 0;
}

static int more_than_there_is(const psa_msg_t *msg)
{
	memset(bytes, '.', sizeof(bytes));
	return psa_read(msg->handle, 0, bytes, sizeof(bytes)) == 10 && !memcmp(bytes, "0123456789......", 16);
}

/* A buffer of no size may be anywhere; what is not there is as long as nothing. */
static int nothing(const psa_msg_t *msg)
{
	psa_write(msg->handle, 0, NULL, 0);
	psa_write(msg->handle, 3, (void *)UINTPTR_MAX, 0);
	return psa_read(msg->handle, 0, NULL, 0) == 0 && psa_read(msg->handle, 0, (void *)UINTPTR_MAX, 0) == 0 &&
		psa_read(msg->handle, 1, bytes, 8) == 0 && psa_skip(msg->handle, 3, 8) == 0 && psa_skip(msg->handle, 0, 0) == 0 &&
		psa_read(msg->handle, 0, bytes, 10) == 10;
}

/* The client gives inputs of 10, 0 and 1 bytes, the second within the first, and an output of 4. */
static int sizes(const psa_msg_t *msg)
{
	static const size_t in[PSA_MAX_IOVEC] = { 10, 0, 1 }, out[PSA_MAX_IOVEC] = { 4 };

	return !memcmp(msg->in_size, in, sizeof(in)) && !memcmp(msg->out_size, out, sizeof(out)) && psa_skip(msg->handle, 1, 1) == 0;
}

/* Of two outputs the second is written, in two pieces. */
static int some(const psa_msg_t *msg)
{
	psa_write(msg->handle, 1, "ab", 2);
	psa_write(msg->handle, 1, "c", 1);
	return 1;
}

/* What was written over an input may be read from it or not; what follows is not moved. */
static int over(const psa_msg_t *msg)
{
	psa_write(msg->handle, 0, "xy", 2);
	return psa_read(msg->handle, 0, bytes, 10) == 10 && (!memcmp(bytes, "01", 2) || !memcmp(bytes, "xy", 2)) && !memcmp(bytes + 2, "23456789", 8);
}

static int identity(const psa_msg_t *msg)
{
	return msg->client_id == CORNER_CLIENT && msg->client_id > 0 && msg->handle > 0;
}

/* Each connection begins without a value, and keeps the last: 2, then 1. */
static int remembers(const psa_msg_t *msg)
{
	int first = msg->rhandle == NULL;

	psa_set_rhandle(msg->handle, bytes);
	psa_set_rhandle(msg->handle, bytes + 1);
	return first ? 2 : msg->rhandle == bytes + 1;
}

static int waiting(const psa_msg_t *msg)
{
	int holds = psa_wait(PSA_WAIT_ANY, PSA_POLL) == 0 && psa_wait(CORNER_SIGNAL | 1, PSA_POLL | 0x7fffffff) == 0;

	psa_notify(CORNER_SERVER);
	psa_notify(CORNER_SERVER);
	holds = holds && psa_wait(PSA_WAIT_ANY, PSA_BLOCK) == PSA_DOORBELL && psa_wait(CORNER_SIGNAL, PSA_POLL) == 0 &&
		psa_wait(PSA_DOORBELL, PSA_BLOCK | 0x7fffffff) == PSA_DOORBELL;
	psa_clear();
	(void)msg;
	return holds && psa_wait(PSA_DOORBELL, PSA_POLL) == 0;
}

static int cleared(const char *at, size_t size)
{
	while (size && !at[size - 1])
		size--;
	return size == 0;
}

/* Of 256 bytes: one piece can have them all; what was given back or moved leaves nothing; more is not there. */
static void *(*volatile give)(size_t) = malloc;		/* the compiler may think that malloc does not fail */
static void (*volatile take)(void *) = free;		/* and that nobody looks at what is free */

static int heap(const psa_msg_t *msg)
{
	char *all = give(256), *some, *more;
	int holds = all && cleared(all, 256) && !give(1);

	(void)msg;
	if (all)
		memset(all, 1, 256);
	take(all);
	holds = holds && cleared(all, 256) && !give(257) && !give(SIZE_MAX);
	some = give(32);
	if (!holds || !some)
		return 0;
	memset(some, 1, 32);
	more = realloc(some, 64);
	holds = more && cleared(some, 32) && more[31] == 1 && cleared(more + 32, 32) && !realloc(more, 300) && more[0] == 1;
	take(more);
	more = aligned_alloc(64, 64);
	holds = holds && more && (uintptr_t)more % 64 == 0 && cleared(more, 64);
	take(more);
	take(all = give(256));
	return holds && all;
}

static int (*const promises[])(const psa_msg_t *msg) = { pieces, more_than_there_is, nothing, sizes, some, over, identity, remembers, waiting, heap };

/* From here no call returns. */
static void waits_for_none(const psa_msg_t *msg)	{ (void)msg, psa_wait(UINT32_C(1) << 31, PSA_POLL); }
static void waits_for_nothing(const psa_msg_t *msg)	{ (void)msg, psa_wait(0, PSA_POLL); }
static void gets_the_doorbell(const psa_msg_t *msg)	{ psa_notify(CORNER_SERVER), psa_get(PSA_DOORBELL, &other), (void)msg; }
static void gets_what_is_not_there(const psa_msg_t *msg) { psa_get(CORNER_STRICT_SIGNAL, &other), (void)msg; }
static void clears_silence(const psa_msg_t *msg)	{ (void)msg, psa_clear(); }
static void notifies_nobody(const psa_msg_t *msg)	{ (void)msg, psa_notify(0); }
static void writes_too_much(const psa_msg_t *msg)	{ psa_write(msg->handle, 0, bytes, 5); }
static void writes_what_is_not_there(const psa_msg_t *msg) { psa_write(msg->handle, 2, bytes, 1); }
static void reads_a_fifth(const psa_msg_t *msg)		{ psa_read(msg->handle, PSA_MAX_IOVEC, bytes, 0); }
static void reads_into_constants(const psa_msg_t *msg)	{ psa_read(msg->handle, 0, (void *)"text", 4); }
static void reads_far_too_much(const psa_msg_t *msg)	{ psa_read(msg->handle, 0, bytes, SIZE_MAX); }
static void replies_once_more(const psa_msg_t *msg)	{ (void)msg, psa_reply(answered, 0); }
static void replies_to_none(const psa_msg_t *msg)	{ (void)msg, psa_reply(PSA_NULL_HANDLE, 0); }
static void enables_a_message(const psa_msg_t *msg)	{ (void)msg, psa_irq_enable(CORNER_SIGNAL); }
static void disables_the_doorbell(const psa_msg_t *msg)	{ (void)msg, psa_irq_disable(PSA_DOORBELL); }
static void ends_a_message(const psa_msg_t *msg)	{ (void)msg, psa_eoi(CORNER_SIGNAL); }
static void resets_the_doorbell(const psa_msg_t *msg)	{ psa_notify(CORNER_SERVER), psa_reset_signal(PSA_DOORBELL), (void)msg; }
static void calls_its_own_service(const psa_msg_t *msg)	{ (void)msg, psa_call(CORNER_FREE_HANDLE, 0, NULL, 0, NULL, 0); }
static void connects_to_itself(const psa_msg_t *msg)	{ (void)msg, psa_connect(CORNER_SID, 1); }

static void (*const mistakes[])(const psa_msg_t *msg) = {
	waits_for_none, waits_for_nothing, gets_the_doorbell, gets_what_is_not_there, clears_silence, notifies_nobody, writes_too_much,
	writes_what_is_not_there, reads_a_fifth, reads_into_constants, reads_far_too_much, replies_once_more, replies_to_none, enables_a_message,
	disables_the_doorbell, ends_a_message, resets_the_doorbell, calls_its_own_service, connects_to_itself,
};

enum { MISTAKE = 100, ANSWER = 1000, MISTAKES = sizeof(mistakes) / sizeof(mistakes[0]) };

/* ANSWER: with the status that is the input. */
static psa_status_t request(const psa_msg_t *msg)
{
	psa_status_t status = 0;

	if (msg->type == ANSWER)
		return psa_read(msg->handle, 0, &status, sizeof(status)) == sizeof(status) ? status : -1;
	if (msg->type < MISTAKE)
		return promises[msg->type](msg);
	if (msg->type - MISTAKE < (int)MISTAKES)
		mistakes[msg->type - MISTAKE](msg);
	return MISTAKES;
}

/* Of the strict service the first connection is refused for now, the second for good, the third is made, the fourth has a mistake for an answer. */
static psa_status_t strict(const psa_msg_t *msg)
{
	static const psa_status_t answer[] = { PSA_ERROR_CONNECTION_BUSY, PSA_ERROR_CONNECTION_REFUSED, PSA_SUCCESS, PSA_ERROR_GENERIC_ERROR };
	static int count;

	return msg->type == PSA_IPC_CONNECT ? answer[count++ & 3] : msg->type == PSA_IPC_DISCONNECT ? PSA_SUCCESS : request(msg);
}

static psa_status_t connected(const psa_msg_t *msg)
{
	return msg->type < 0 ? PSA_SUCCESS : request(msg);
}

/* A value for a request without a connection, when asked for, is a mistake. */
static psa_status_t unconnected(const psa_msg_t *msg)
{
	if (msg->type == PSA_CALL_TYPE_MAX)
		psa_set_rhandle(msg->handle, bytes);
	return msg->rhandle == NULL && msg->type == 0;
}

static void serve(psa_signal_t signal, psa_status_t (*answer)(const psa_msg_t *msg))
{
	psa_msg_t msg;

	if (psa_get(signal, &msg) != PSA_SUCCESS)
		return;
	psa_reply(msg.handle, answer(&msg));
	answered = msg.handle;
}

void server_main(void)
{
	for (;;) {
		psa_signal_t signals = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (signals & CORNER_SIGNAL)
			serve(CORNER_SIGNAL, connected);
		if (signals & CORNER_STRICT_SIGNAL)
			serve(CORNER_STRICT_SIGNAL, strict);
		if (signals & CORNER_FREE_SIGNAL)
			serve(CORNER_FREE_SIGNAL, unconnected);
	}
}
