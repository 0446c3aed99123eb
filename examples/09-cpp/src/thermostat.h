/* SPDX-License-Identifier: Apache-2.0 */
/* What of this service C can call: its tests do. */
#ifndef THERMOSTAT_H
#define THERMOSTAT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The mean of the last four of so many looks at a room that begins at 180 tenths and gets 5 warmer each time. */
int32_t thermostat_mean(unsigned looks);

/* How many objects were made before main: their constructors have run. */
unsigned thermostat_made(void);

#ifdef __cplusplus
}
#endif

#endif
