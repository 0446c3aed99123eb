/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

void set(volatile uint32_t *to, uint32_t value)
{
	*to = value;
}

uint32_t get(const volatile uint32_t *from)
{
	return *from;
}
