/* SPDX-License-Identifier: Apache-2.0 */
/* Which device this driver drives: besides here only ms.yaml names it. */
#ifndef WIRING_H
#define WIRING_H

#include <psa_manifest/timer-cmsdk.h>

#define WIRING_DEVICE DUALTIMER_DEVICE
#define WIRING_SIGNAL DUALTIMER_SIGNAL

#endif
