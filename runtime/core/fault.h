/* SPDX-License-Identifier: Apache-2.0 */
/* Faults: contained, recorded, told; then the restart policy of the service decides. */
#ifndef FAULT_H
#define FAULT_H

#include "port.h"
#include "service.h"

struct fault_record {
	uint64_t when;			/* nanoseconds since boot */
	struct core_fault fault;
	uint32_t service;		/* id; 0: the kernel */
	uint32_t offset;		/* of pc from text base */
	uint8_t image_hash[8];
};

/* Stop the service of the current thread for this reason. */
void fault_service(struct service *s, const struct core_fault *f);

/* The last FAULT_RECORD_MAX records, the newest first; false when there are fewer. */
bool fault_record(uint32_t back, struct fault_record *out);

#endif
