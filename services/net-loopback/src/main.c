/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A network within the device: streams and datagrams from service to service, for each that the product lets call it.
 * Nothing is allocated, nothing waits for a client, and who uses up his part uses up nobody else's.
 */
#include <ms/psa.h>

#include "psa_manifest/net-loopback.h"

#include "requests.h"
#include "waiting.h"
#include "weather.h"

int main(void)
{
	psa_signal_t signals;
	psa_msg_t m;

	for (;;) {
		if (ms_psa_wait(NETWORK_SIGNAL | NETWORK_WEATHER_SIGNAL, waiting_next(), &signals) < 0)
			waiting_look();
		else if (signals & NETWORK_SIGNAL && psa_get(NETWORK_SIGNAL, &m) == PSA_SUCCESS)
			requests_serve(&m);
		else if (signals & NETWORK_WEATHER_SIGNAL && psa_get(NETWORK_WEATHER_SIGNAL, &m) == PSA_SUCCESS)
			weather_serve(&m);
	}
}
