/* SPDX-License-Identifier: Apache-2.0 */
/* Makes many system calls, or sleeps for a day ten times a second, as the test says. */
#include <unistd.h>

#include <ms/syscall.h>

volatile int simulation_yields, simulation_naps;

int main(void)
{
	usleep(1000);
	for (int i = 0; i < simulation_yields; i++)
		ms_yield();
	for (int i = 0; i < simulation_naps; i++)
		usleep(100000);
	return 0;
}
