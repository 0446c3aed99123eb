/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives, which besides here only ms.yaml names, and how much it keeps in each direction: a power of two. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-nrf.h>

#define WIRING_DEVICE UART0_DEVICE
#define WIRING_SIGNALS (UART0_SIGNAL)
#define WIRING_RING_SIZE 64		/* the board has 9 KiB of RAM for all services */

#endif
