/* SPDX-License-Identifier: Apache-2.0 */
#include "SysCall.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "duration.h"

int main(void)
{
	struct timespec now;
	char text[DURATION_TEXT_SIZE];

	LOG_INFO("Hello, world");
	sleep(2);

	clock_gettime(CLOCK_MONOTONIC, &now);
	duration_write(text, sizeof(text), (unsigned long)now.tv_sec);
	printf("the device has been up for %s\n", text);

	return 0;
}
