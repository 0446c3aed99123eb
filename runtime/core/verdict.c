/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

/* No branch decides: what differs, and what is missing at the end, turns the answer. */
struct verdict verdict_same(const void *a, const void *b, size_t words)
{
	const volatile uint32_t *left = a, *right = b;
	uint32_t differ = 0;
	size_t i = 0;

	for (; i < words; i++)
		differ |= left[i] ^ right[i];
	return verdict_none(differ | (uint32_t)(words ^ i));
}
