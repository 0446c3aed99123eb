/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <ms/syscall.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

#include "uart.h"

enum { NSEC_PER_MSEC = 1000000 };

psa_status_t wire_send(const char *from, size_t size)
{
	while (size) {
		psa_invec in = { from, size };
		psa_status_t taken = psa_call(UART_HANDLE, UART_SEND, &in, 1, NULL, 0);

		if (taken < 0)
			return taken;
		from += taken;
		size -= (size_t)taken;
		if (taken == 0)
			ms_sleep_until(ms_clock() + NSEC_PER_MSEC);
	}
	return PSA_SUCCESS;
}
