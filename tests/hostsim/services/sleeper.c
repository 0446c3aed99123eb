/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeps a second at a time for a day; then polls the clock for a while without sleeping. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <ms/syscall.h>

int main(void)
{
	uint64_t until;
	unsigned polls = 0;

	for (int i = 0; i < 24 * 60 * 60; i++)
		sleep(1);
	printf("a day has passed\n");

	until = ms_clock() + 1000000;
	while (ms_clock() < until)
		polls++;
	printf("%s\n", polls > 100 ? "polled" : "hardly polled");
	return 0;
}
