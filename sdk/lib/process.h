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

extern int main(int argc, char **argv);

/* A service has no arguments. Its name it is not told: then argv[0] is empty (C17 5.1.2.2.1). */
static inline int process_main(void)
{
	char name[] = "", *argv[] = { name, 0 };

	return main(1, argv);
}

#endif
