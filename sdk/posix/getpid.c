/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks is the only process there is: number 1. */
#include <unistd.h>

pid_t getpid(void)
{
	return 1;
}
