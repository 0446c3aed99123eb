/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service that drives a UART provides: a stateless PSA service, UART_HANDLE in the client's
 * psa_manifest/sid.h.  Nothing of a call waits for the wire.
 */
#ifndef UART_H
#define UART_H

/* Types of psa_call. */
enum {
	UART_SEND = 1,		/* one input: bytes to send.  Returns how many were taken, from the first on; the rest has no room now. */
	UART_RECEIVE = 2,	/* one output: filled with what has come.  Returns PSA_SUCCESS; the output's size says how many. */
	UART_LOST = 3,		/* returns how many received bytes had no room since the start (at most INT32_MAX) */
};

#endif
