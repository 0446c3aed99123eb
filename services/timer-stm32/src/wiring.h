/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides here only ms.yaml names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/timer-stm32.h>

#define WIRING_DEVICE TIMER5_DEVICE
#define WIRING_SIGNAL TIMER5_SIGNAL

#endif
