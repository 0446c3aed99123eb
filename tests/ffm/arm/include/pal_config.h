/* SPDX-License-Identifier: Apache-2.0 */
/* What Arm's suite asks of a target: where its devices are.  The product grants them by name; board_addresses.h has the board's addresses. */
#ifndef PAL_CONFIG_H
#define PAL_CONFIG_H

#include "board_addresses.h"

#define BESPOKE_PRINT_NS		/* prints of the non-secure side are messages to the driver partition */

#define PLATFORM_UART_BASE			UART1_ADDRESS
#define PLATFORM_NVM_BASE			PSRAM_ADDRESS

/* Words that can be written, in ascending order: of the runtime, of the server's timer, of the driver's second UART, which is not used. */
#define PLATFORM_NSPE_MMIO_START		(DUALTIMER_ADDRESS - 0x1000)
#define PLATFORM_SERVER_PARTITION_MMIO_START	DUALTIMER_ADDRESS
#define PLATFORM_DRIVER_PARTITION_MMIO_START	(UART2_ADDRESS + 0x10)
#define PLATFORM_DRIVER_PARTITION_MMIO_END	(UART2_ADDRESS + 0x13)

#define PLATFORM_WD_BASE			0
#define PLATFORM_WD_NUM_OF_TICK_PER_MICRO_SEC	1
#define PLATFORM_WD_TIMEOUT_IN_MICRO_SEC_LOW	1000000
#define PLATFORM_WD_TIMEOUT_IN_MICRO_SEC_MEDIUM	2000000
#define PLATFORM_WD_TIMEOUT_IN_MICRO_SEC_HIGH	5000000
#define PLATFORM_WD_TIMEOUT_IN_MICRO_SEC_CRYPTO	18000000

#include <psa/client.h>

#include "psa_manifest/pid.h"
#include "psa_manifest/sid.h"

#endif
