/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides ms.yaml the only place that names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-stm32.h>

#define WIRING_DEVICE UART2_DEVICE
#define WIRING_SIGNALS (UART2_SIGNAL)

#endif
