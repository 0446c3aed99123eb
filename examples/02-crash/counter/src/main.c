/* SPDX-License-Identifier: Apache-2.0 */
/* The neighbour: counts tenths of a second, whatever happens next door. */
#include <stdio.h>

#include <ms/syscall.h>

#define TENTH_NSEC UINT64_C(100000000)

int main(void)
{
	uint64_t start = ms_clock();

	for (unsigned count = 1; ; count++) {
		ms_sleep_until(start + count * TENTH_NSEC);
		printf("%u\n", count);
	}
}
