/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices that services own, and their interrupts: each a bit of the owner's
 * signals.  A line is closed when its signal is set and opened again when the owner says
 * that it has handled it, so that a device that never stops asking costs its owner's time only.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include "service.h"

void device_init(void);

/*
 * Take note of the devices of a service, for the first time or again.  False, and nothing new is noted: one is none of the board's, or
 * has another owner, or has more interrupts than signals are left for.
 */
bool device_declare(struct service *s);

/* Where the registers of a rule's device are.  It is made ready once; -MS_EIO when it does not become so. */
int device_region(const struct table_rule *r, struct port_region *out);

/* The line that sets a signal of a service; false when the signal is none of an interrupt, or more than one. */
bool device_line(const struct service *s, uint32_t signal, uint32_t *line);

/* A service has ended: its lines are closed, and what came there is forgotten. */
void device_end(struct service *s);

#endif
