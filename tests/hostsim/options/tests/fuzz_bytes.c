/* SPDX-License-Identifier: Apache-2.0 */
#include "all.h"

int fuzz(const uint8_t *data, size_t size)
{
	all_sum(data, size);
	return 0;
}
