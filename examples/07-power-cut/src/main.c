/* SPDX-License-Identifier: Apache-2.0 */
/* Counts how often it was started and how long it ran, whatever becomes of the power. */
#include <stdio.h>
#include <unistd.h>

#include "count.h"

int main(void)
{
	if (!count_open()) {
		printf("there is no flash here\n");
		return 1;
	}
	printf("%lu seconds so far\n", (unsigned long)count_now());
	for (int i = 0; i < 5; i++) {
		sleep(1);
		count_up();
	}
	printf("%lu seconds now\n", (unsigned long)count_now());
	return 0;
}
