/* SPDX-License-Identifier: Apache-2.0 */
#include "SysCall.h"

#include <stdlib.h>
#include <unistd.h>

#include "poke.h"

int poke(volatile int *where)
{
	return *where = 7;
}

int main(void)
{
	LOG_INFO("one");
	sleep(2);
	LOG_INFO("two");
	exit(3);
}
