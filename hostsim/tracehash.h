/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash of what can be seen of a run, in its order: which thread of which service goes on, its calls with their
 * arguments and results, faults' causes, the console's lines, and the virtual time of each.
 *
 * Pointers are left out, and whatever else the compiler decides: so in the order of a device, without loops that take
 * time, it is the same however services are compiled and protected.
 */
#ifndef TRACEHASH_H
#define TRACEHASH_H

#include <stddef.h>
#include <stdint.h>

#include "gate.h"
#include "port.h"

/* From now on into *hash, which begins anew. */
void tracehash_begin(uint64_t *hash);

/* A thread makes a call, goes on with the result of its last one, or stops its service. */
void tracehash_call(uint32_t service, uint32_t thread, const struct core_call *call, uint64_t nsec);
void tracehash_result(uint32_t service, uint32_t thread, const struct trap_result *result, uint64_t nsec);
void tracehash_fault(uint32_t service, uint32_t cause, uint64_t nsec);

/* A line of the console.  Those about faults have addresses, and are passed over. */
void tracehash_line(const char *line, size_t size);

#endif
