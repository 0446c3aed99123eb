/* SPDX-License-Identifier: Apache-2.0 */
/* A processor for tests: a thread is what it was started with and the last result it got. */
#ifndef PORT_CONTEXT_H
#define PORT_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

struct port_protection { uintptr_t base[7]; uint32_t size[7]; uint32_t access[7]; };	/* size 0: closed */

struct port_context {
	uintptr_t entry, data_base, thread_pointer, stack_low, stack_top;
	uintptr_t argument[4];
	uint32_t guard_size;
	int32_t status;		/* of port_result */
	uint64_t value;
	uint32_t results;	/* how many it got */
	bool ended;
};

#endif
