/* SPDX-License-Identifier: Apache-2.0 */
/* Fails as often as the random numbers say: says how many runs it has had, and ends. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <ms/syscall.h>

int failing_status = 3;

int main(void)
{
	uint64_t runs = 0;
	uint32_t random = 0;

	ms_info(MS_INFO_RUN_COUNT, &runs);
	ms_random(&random, sizeof(random));
	printf("run %u random %08x at %p\n", (unsigned)runs, (unsigned)random, malloc(16));
	usleep(1000);
	return failing_status;
}
