/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How bad the network is, as whoever may call `network-weather` has said: nothing is lost and all arrives at once until
 * then.  The same seed and the same traffic have the same fate.
 */
#ifndef WEATHER_H
#define WEATHER_H

#include <stdbool.h>
#include <stdint.h>

#include <psa/service.h>

/* One message to `network-weather`, which is answered. */
void weather_serve(const psa_msg_t *m);

/* Is this datagram lost? */
bool weather_loses(void);

/* When a datagram that is sent now arrives; or bytes of a stream, which are sent again until they do.  Nanoseconds of the system's clock. */
uint64_t weather_arrival(void);
uint64_t weather_arrival_in_the_end(void);

bool weather_has_come(uint64_t arrival);

#endif
