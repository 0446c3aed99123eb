/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

typedef float number;
typedef uint32_t word;
enum { FRACTION_BITS = 23, EXPONENT_MAX = 0xff };
#include "divide.h"
#include "divide_cases.h"

int main(void)
{
	return run_cases();
}
