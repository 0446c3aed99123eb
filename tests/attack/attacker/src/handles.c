/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of others: connections, requests, signals, interfaces and services that were not granted, guessed. */
#include "attempts.h"

#include <ms/abi/abi.h>

static const uint32_t handle[] = {
	0, 1, 2, 0x101, 0x102, 0x201, 0x1ff, 0x100, 0xffff01, 0xffffff01,
	0x40000000, 0x40000100, 0x40000101, 0x400001ff, 0x7fffffff, 0x80000001, 0xffffffff,
};

/* A number of 1 to 16 bits in the generation, and each index. */
static uint32_t handle_of(uint32_t n)
{
	return n < EACH(handle) ? handle[n] : (n * 7) << 8 | (n & 15);
}

static bool comes_back(uint32_t number, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	const uint32_t argument[6] = { a, b, c, d };

	call(number, argument);
	return true;
}

bool guess_connection(uint32_t n) { return comes_back(MS_SYS_psa_call, handle_of(n), 0, 0, 0); }
bool guess_connection_to_close(uint32_t n) { return comes_back(MS_SYS_psa_close, handle_of(n + 1), 0, 0, 0); }

bool guess_request(uint32_t n)
{
	static const uint32_t number[] = {
		MS_SYS_psa_read, MS_SYS_psa_skip, MS_SYS_psa_write, MS_SYS_psa_reply, MS_SYS_psa_set_rhandle,
	};
	static uint8_t buffer[8];

	return comes_back(number[n % EACH(number)], handle_of(n / EACH(number)), 0, (uint32_t)(uintptr_t)buffer, sizeof(buffer));
}

bool guess_signal(uint32_t n)
{
	static uint8_t message[64] __attribute__((aligned(8)));

	return comes_back(MS_SYS_psa_get, 1u << n, (uint32_t)(uintptr_t)message, 0, 0);
}

/* Interfaces that exist or not look the same to who may not reach them. */
bool guess_interface(uint32_t n)
{
	const uint32_t argument[6] = { n < 65536 ? n : 0x48000000 + n };
	struct answer a = call(MS_SYS_psa_version, argument);

	return a.status != MS_OK || a.low || a.high;
}

bool connect_to_guessed(uint32_t n) { return comes_back(MS_SYS_psa_connect, n < 8 ? n : 0x48000000 + n, 1, 0, 0); }

/* Our own bell may be rung; nobody else's. */
bool ring_at_others(uint32_t n)
{
	uint64_t self;

	ms_info(MS_INFO_SERVICE, &self);
	return comes_back(MS_SYS_psa_notify, (uint32_t)self ^ (n + 1), 0, 0, 0);
}

static void waits_for_signals(void *unused)
{
	const uint32_t argument[6] = { 0xffffffff };

	(void)unused;
	call(MS_SYS_psa_wait, argument);
	for (;;)
		pause_usec(1000);
}

bool wait_in_a_thread(uint32_t n)
{
	(void)n;
	start_thread(0, waits_for_signals, NULL, 0);
	pause_usec(10000);
	return true;
}
