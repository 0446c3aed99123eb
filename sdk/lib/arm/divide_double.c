/* SPDX-License-Identifier: Apache-2.0 */
/* The same as divide_float.c for doubles. */
#if __ARM_ARCH_ISA_THUMB < 2
#include <stdint.h>

typedef uint64_t word;
enum { FRACTION_BITS = 52, EXPONENT_MAX = 0x7ff };
#include "divide.h"

/* A double is passed in two registers as its bits. */
word __aeabi_ddiv(word a, word b);

word __aeabi_ddiv(word a, word b)
{
	return divide(a, b);
}
#endif
