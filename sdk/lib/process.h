/* SPDX-License-Identifier: Apache-2.0 */
/* What the library knows of the process it runs in: set once by the start-up code, then only read. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdint.h>

struct process {
	uintptr_t text;		/* text base */
	uintptr_t heap, heap_end;
	uint32_t run_count;
};

extern struct process ms_process;

#endif
