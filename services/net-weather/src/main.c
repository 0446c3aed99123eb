/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the network of a device bad, as ms.yaml says how, and ends. */
#include <stdio.h>

#include <ms/abi/network.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

int main(void)
{
	const struct ms_network_weather weather = {
		.loss_permille = LOSS_PERMILLE, .delay_msec = DELAY_MSEC, .jitter_msec = JITTER_MSEC, .seed = SEED,
	};
	psa_invec in = { &weather, sizeof(weather) };
	psa_status_t status = psa_call(NETWORK_WEATHER_HANDLE, MS_NETWORK_WEATHER_SET, &in, 1, NULL, 0);

	printf("%d of 1000 lost, %d ms on the way, and up to %d more: %s\n", LOSS_PERMILLE, DELAY_MSEC, JITTER_MSEC, status ? "refused" : "so be it");
	return status != 0;
}
