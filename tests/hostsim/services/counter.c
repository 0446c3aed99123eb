/* SPDX-License-Identifier: Apache-2.0 */
/* A neighbour: counts ten times a second for ever, and says so. */
#include <stdio.h>
#include <unistd.h>

int counter_value;

int main(void)
{
	for (;;) {
		printf("count %d\n", ++counter_value);
		usleep(100000);
	}
}
