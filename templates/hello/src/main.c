/* SPDX-License-Identifier: Apache-2.0 */
/* A service is a C program: it starts here, and ends when main returns. */
#include "SysCall.h"

#include <stdio.h>
#include <unistd.h>

#include "greeting.h"

int main(void)
{
	char text[40];

	greeting_write(text, sizeof(text), NULL);
	LOG_INFO("%s", text);

	for (int second = 1; second <= 3; second++) {
		sleep(1);
		printf("%d s\n", second);
	}

	return 0;
}
