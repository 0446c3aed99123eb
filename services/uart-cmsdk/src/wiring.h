/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives, which besides here only ms.yaml names, and how much it keeps in each direction: a power of two. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-cmsdk.h>

#define WIRING_DEVICE UART1_DEVICE
#define WIRING_SIGNALS (UART1_SIGNAL | UART1_SIGNAL2)
#define WIRING_RING_SIZE 256

#endif
