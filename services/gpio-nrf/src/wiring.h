/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives, which besides here only ms.yaml names, and which of its pins clients may have: a bit each. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/gpio-nrf.h>

#define WIRING_DEVICE GPIO_DEVICE
#define WIRING_PINS ~(UINT32_C(3) << 24)		/* a micro:bit's, but those of its serial line */

#endif
