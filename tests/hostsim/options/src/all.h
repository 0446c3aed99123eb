/* SPDX-License-Identifier: Apache-2.0 */
/* A service with something for each option of `ms test`: allocations, threads, bytes. */
#include <stddef.h>
#include <stdint.h>

/* The sum of some bytes, by way of the heap; -1 when there is none left. */
int all_sum(const uint8_t *data, size_t size);
