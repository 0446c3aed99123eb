/* SPDX-License-Identifier: Apache-2.0 */
/* The CMSDK UART (Arm Cortex-M System Design Kit Technical Reference Manual, 3.3). */
#ifndef CMSDK_H
#define CMSDK_H

#include <stdint.h>

struct cmsdk_uart {
	uint32_t data;
	uint32_t state;		/* write 1 to clear the overruns */
	uint32_t ctrl;
	uint32_t intclear;	/* read: which interrupt came; write 1 to clear it */
	uint32_t bauddiv;
};

enum {
	CMSDK_STATE_TX_FULL = 1, CMSDK_STATE_RX_FULL = 2,
	CMSDK_CTRL_TX = 1, CMSDK_CTRL_RX = 2, CMSDK_CTRL_TX_INTERRUPT = 4, CMSDK_CTRL_RX_INTERRUPT = 8,
	CMSDK_INT_TX = 1, CMSDK_INT_RX = 2,
};

#endif
