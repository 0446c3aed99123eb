/* SPDX-License-Identifier: Apache-2.0 */
#include "all.h"

#include <stdlib.h>
#include <string.h>

int all_sum(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size + 1);
	int sum = 0;

	if (!copy)
		return -1;
	memcpy(copy, data, size);
	for (size_t i = 0; i < size; i++)
		sum += copy[i];
	free(copy);
	return sum;
}
