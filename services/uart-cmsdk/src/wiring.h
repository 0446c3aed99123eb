/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides ms.yaml the only place that names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/uart-cmsdk.h>

#define WIRING_DEVICE UART1_DEVICE
#define WIRING_SIGNALS (UART1_SIGNAL | UART1_SIGNAL2)

#endif
