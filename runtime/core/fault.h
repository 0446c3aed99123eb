/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults: contained, recorded, told; then policy decides: the product's for
 * faults, the service's for restarts.  The kernel's own fault, to which a failed
 * assertion of it leads, ends in a record and a reset.
 */
#ifndef FAULT_H
#define FAULT_H

#include "port.h"
#include "service.h"

/* Stop the service of the current thread for this reason; or reset the device, and do not return. */
void fault_service(struct service *s, const struct core_fault *f);

#endif
