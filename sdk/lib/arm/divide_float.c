/* SPDX-License-Identifier: Apache-2.0 */
/* Division of floats where libgcc's is not position independent: v6m and v8m-base, which know only the first Thumb. */
#if __ARM_ARCH_ISA_THUMB < 2
#include <stdint.h>

typedef uint32_t word;
enum { FRACTION_BITS = 23, EXPONENT_MAX = 0xff };
#include "divide.h"

/* A float is passed in a register as its bits. */
word __aeabi_fdiv(word a, word b);

word __aeabi_fdiv(word a, word b)
{
	return divide(a, b);
}
#endif
