/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives, which besides here only ms.yaml names, and which of its pins clients may have: a bit each. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/gpio-stm32.h>

#define WIRING_DEVICE GPIOC_DEVICE
#define WIRING_PINS UINT32_C(0xffff)		/* nothing else is on this port */

#endif
