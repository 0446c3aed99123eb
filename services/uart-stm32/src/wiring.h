/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives, which besides here only ms.yaml names, and how much it keeps in each direction: a power of two. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-stm32.h>

#define WIRING_DEVICE UART2_DEVICE
#define WIRING_SIGNALS (UART2_SIGNAL)
#define WIRING_RING_SIZE 256

#endif
