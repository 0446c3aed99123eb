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

/* Stop the service of a thread for what it asked for, or of the one that makes a call, which then gets no result. */
void fault_thread(struct thread *t, enum core_cause cause);
void fault_caller(struct thread *self, struct core_call *call, enum core_cause cause);

#endif
