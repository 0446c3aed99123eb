/* SPDX-License-Identifier: Apache-2.0 */
/* Sends four times what the driver has room for, then answers each byte that comes with the next letter, until a '.'. */
#include <SysCall.h>
#include <ms/syscall.h>
#include <psa/client.h>
#include <psa_manifest/sid.h>

#include "uart.h"

enum { COUNT = 1024 };

static uint8_t text[COUNT];

static void put(const uint8_t *from, size_t left)
{
	while (left) {
		psa_invec in = { from, left };
		psa_status_t taken = psa_call(UART_HANDLE, UART_SEND, &in, 1, NULL, 0);

		if (taken < 0)
			ms_exit(1);
		from += taken;
		left -= (size_t)taken;
		if (taken == 0)
			ms_sleep_until(ms_clock() + 1000000);
	}
}

static uint8_t receive(void)
{
	uint8_t byte;
	psa_outvec out = { &byte, 1 };

	do {
		ms_sleep_until(ms_clock() + 1000000);
		out.len = 1;
		psa_call(UART_HANDLE, UART_RECEIVE, NULL, 0, &out, 1);
	} while (out.len == 0);
	return byte;
}

int main(void)
{
	uint8_t byte;

	for (size_t i = 0; i < COUNT; i++)
		text[i] = (uint8_t)('a' + i % 26);
	put(text, COUNT);
	LOG_INFO("sent all");
	while ((byte = receive()) != '.') {
		byte++;
		put(&byte, 1);
	}
	LOG_INFO("lost %d", (int)psa_call(UART_HANDLE, UART_LOST, NULL, 0, NULL, 0));
	return 0;
}
