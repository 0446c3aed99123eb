/* SPDX-License-Identifier: Apache-2.0 */
/* Makes many system calls, by itself or in turns with a second thread, or sleeps for a day ten times a second, as the test says. */
#include <pthread.h>
#include <unistd.h>

#include <ms/syscall.h>

volatile int simulation_yields, simulation_turns, simulation_naps;

static void *take_turns(void *unused)
{
	for (int i = 0; i < simulation_turns; i++)
		ms_yield();
	return unused;
}

int main(void)
{
	pthread_t other;

	usleep(1000);
	for (int i = 0; i < simulation_yields; i++)
		ms_yield();
	for (int i = 0; i < simulation_naps; i++)
		usleep(100000);
	if (!simulation_turns)
		return 0;
	if (pthread_create(&other, NULL, take_turns, NULL))
		return 1;
	take_turns(NULL);
	pthread_join(other, NULL);
	return 0;
}
