/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides here only ms.yaml names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/timer-nrf.h>

#define WIRING_DEVICE TIMER1_DEVICE
#define WIRING_SIGNAL TIMER1_SIGNAL

#endif
