/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides ms.yaml the only place that names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-nrf.h>

#define WIRING_DEVICE UART0_DEVICE
#define WIRING_SIGNALS (UART0_SIGNAL)

#endif
