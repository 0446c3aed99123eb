/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

typedef double number;
typedef uint64_t word;
enum { FRACTION_BITS = 52, EXPONENT_MAX = 0x7ff };
#include "divide.h"
#include "divide_cases.h"

int main(void)
{
	return run_cases();
}
