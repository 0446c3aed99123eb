/* SPDX-License-Identifier: Apache-2.0 */
/* Runs twice in one device, from the same object: nothing of the one may be the other's. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int initialised = 10;
static int zeroed;
static char *kept;

int main(void)
{
	kept = malloc(64);
	errno = 7;
	for (int round = 1; round <= 3; round++) {
		initialised++;
		zeroed++;
		snprintf(kept, 64, "round %d", round);
		sleep(1);
		printf("%s %d %d errno %d\n", kept, initialised, zeroed, errno);
	}
	return 0;
}
