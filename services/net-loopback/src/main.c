/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A network within the device: streams and datagrams from service to service, for each that the product lets call it.
 * Nothing is allocated, nothing waits for a client, and who uses up his part uses up nobody else's.
 */
#include <ms/psa.h>

#include "psa_manifest/net-loopback.h"

#include "requests.h"
#include "waiting.h"

int main(void)
{
	psa_signal_t signals;
	psa_msg_t m;

	for (;;) {
		if (ms_psa_wait(NETWORK_SIGNAL, waiting_next(), &signals) < 0)
			waiting_look();
		else if (psa_get(NETWORK_SIGNAL, &m) == PSA_SUCCESS)
			requests_serve(&m);
	}
}
