/* SPDX-License-Identifier: Apache-2.0 */
#include "sums.h"

#include <stdbool.h>
#include <stddef.h>

static struct { uint32_t sum; bool taken; } all[SUM_COUNT];

uint32_t *sums_take(void)
{
	for (unsigned i = 0; i < SUM_COUNT; i++)
		if (!all[i].taken) {
			all[i].taken = true;
			all[i].sum = 0;
			return &all[i].sum;
		}
	return NULL;
}

void sums_give_back(uint32_t *sum)
{
	for (unsigned i = 0; i < SUM_COUNT; i++)
		if (&all[i].sum == sum)
			all[i].taken = false;
}
