/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arm's debug port and the memory access port behind it (ADIv5): power-up requests, sticky errors, SELECT, RDBUFF;
 * CSW, TAR with its increment inside of 4 KiB, DRW, the banked words, CFG, BASE, IDR.
 */
#ifndef VDAP_H
#define VDAP_H

#include "vbus.h"

struct vdap {
	struct vbus *bus;
	uint32_t select, control, sticky, csw, tar;
};

enum { VDAP_ACK_WAIT = 1, VDAP_ACK_OK = 2 };

void vdap_init(struct vdap *d, struct vbus *bus);

/* One transfer with port or, `ap`, what lies behind it: register 0, 4, 8 or 12.  What a read gives; of a write 0. */
uint32_t vdap_transfer(struct vdap *d, bool ap, bool read, uint32_t reg, uint32_t value);

#endif
