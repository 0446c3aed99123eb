/* SPDX-License-Identifier: Apache-2.0 */
#include "twin.h"

#include <stdlib.h>

#include <ms/psa.h>
#include <psa_manifest/sid.h>

#include "acts.h"

static uint8_t byte;

static psa_handle_t open_one(void)
{
	return psa_connect(PEER_SID, 2);
}

/* Where nothing of a service lies, on any board or computer; the compiler must not know. */
static volatile uintptr_t nowhere = 8, far = 0x60000000;

static void write_null(void) { *(volatile int *)nowhere = 1; }
static void read_far(void) { (void)*(volatile int *)far; }
static void undefined(void) { __builtin_trap(); }
static void aborts(void) { abort(); }
static void exits(void) { ms_exit(5); }
static void returns_to_null(void) { ((void (*)(void))(uintptr_t)1)(); }
static void panics(void) { psa_panic(); }
static void calls_nothing(void) { psa_call(PSA_NULL_HANDLE, 1, NULL, 0, NULL, 0); }
static void calls_anything(void) { psa_call(0x12345, 1, NULL, 0, NULL, 0); }
static void connects_nowhere(void) { psa_connect(0x1111, 1); }
static void connects_to_a_newer(void) { psa_connect(PEER_SID, 3); }
static void connects_to_an_older(void) { psa_connect(PEER_SID, 1); }
static void connects_to_stateless(void) { psa_connect(BRIEF_SID, 1); }
static void type_below(void) { psa_call(open_one(), -1, NULL, 0, NULL, 0); }
static void type_above(void) { psa_call(open_one(), 0x8000, NULL, 0, NULL, 0); }
static void five_inputs(void) { psa_call(open_one(), 1, (const psa_invec[5]){ { &byte, 1 } }, 5, NULL, 0); }
static void vectors_at_null(void) { psa_call(open_one(), 1, NULL, 1, NULL, 0); }
static void input_at_null(void) { psa_call(open_one(), 1, (const psa_invec[]){ { NULL, 1 } }, 1, NULL, 0); }
static void input_at_top(void) { psa_call(open_one(), 1, (const psa_invec[]){ { &byte, SIZE_MAX } }, 1, NULL, 0); }
static void output_in_text(void) { psa_call(open_one(), 1, NULL, 0, (psa_outvec[]){ { (void *)(uintptr_t)output_in_text, 4 } }, 1); }
static void overlapping(void) { psa_call(open_one(), 1, (const psa_invec[]){ { &byte, 1 }, { &byte, 1 } }, 2, NULL, 0); }
static void blamed(void) { psa_call(open_one(), ACT_BLAME, NULL, 0, NULL, 0); }
static void closes_anything(void) { psa_close(0x12345); }
static void closes_stateless(void) { psa_close(BRIEF_HANDLE); }

static void closes_twice(void)
{
	psa_handle_t h = open_one();

	psa_close(h);
	psa_close(h);
}

static void waits_for_nothing(void) { psa_wait(0, PSA_BLOCK); }
static void gets_nothing(void) { psa_msg_t m; psa_get(1 << 4, &m); }
static void replies_nothing(void) { psa_reply(77, 0); }
static void reads_nothing(void) { psa_read(77, 0, &byte, 1); }
static void writes_nothing(void) { psa_write(77, 0, &byte, 1); }
static void clears_nothing(void) { psa_clear(); }
static void notifies_nobody(void) { psa_notify(0x7fffffff); }
static void next_of_nothing(void) { psa_msg_t m; psa_signal_t s; ms_psa_next(77, 0, PSA_WAIT_ANY, 0, &m, &s); }

static __attribute__((noinline)) unsigned deep(volatile unsigned *n)
{
	volatile unsigned here[16] = { *n + 1 };

	return here[0] ? deep(here) + here[0] : 0;
}

static void overflows(void)
{
	volatile unsigned n = 0;

	deep(&n);
}

void mistake(unsigned number)
{
	static void (*const mistakes[])(void) = {
		write_null, read_far, undefined, aborts, exits, returns_to_null, panics, calls_nothing, calls_anything, connects_nowhere,
		connects_to_a_newer, connects_to_an_older, connects_to_stateless, type_below, type_above, five_inputs, vectors_at_null,
		input_at_null, input_at_top, output_in_text, overlapping, blamed, closes_anything, closes_stateless, closes_twice,
		waits_for_nothing, gets_nothing, replies_nothing, reads_nothing, writes_nothing, clears_nothing, notifies_nobody,
		next_of_nothing, overflows,
	};

	if (number < sizeof(mistakes) / sizeof(*mistakes))
		mistakes[number]();
}
