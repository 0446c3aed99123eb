/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"

#include <string.h>

bool bytes_equal(struct bytes a, struct bytes b)
{
	if (a.size != b.size)
		return false;
	return a.size == 0 || memcmp(a.at, b.at, a.size) == 0;
}

int bytes_compare(struct bytes a, struct bytes b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.at, b.at, common) : 0;

	if (order)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

bool bytes_all(struct bytes b, uint8_t value)
{
	for (size_t i = 0; i < b.size; i++) {
		if (b.at[i] != value)
			return false;
	}
	return true;
}

struct bytes bytes_part(struct bytes b, size_t offset, size_t size)
{
	if (offset > b.size)
		offset = b.size;
	if (size > b.size - offset)
		size = b.size - offset;
	return (struct bytes){ size ? b.at + offset : b.at, size };
}
