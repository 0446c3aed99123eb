/* SPDX-License-Identifier: Apache-2.0 */
/* Crashes ROUNDS times, once the interrupts have been measured: from each fault to main of the run that follows. */
#include <SysCall.h>

enum { ROUNDS = 16 };

int main(void)
{
	uint64_t run;

	__asm__ volatile("mov r1, r1" : : : "memory");	/* the first time it ends nothing */
	ms_info(MS_INFO_RUN_COUNT, &run);
	ms_sleep_until(ms_clock() + (run == 1 ? 200000000 : 20000000));	/* the log is printed by then */
	if (run <= ROUNDS)
		__asm__ volatile("mov r0, r0\n\tudf #0" : : : "memory");
	LOG_INFO("measured");
}
