/* SPDX-License-Identifier: Apache-2.0 */
/* In the first run all that a service survives; then a mistake in each, until there is none left. */
#include "twin.h"

enum { GOOD_SEC = 61 };		/* a run that was so long counts as a good one: no quarantine */

int main(void)
{
	uint64_t run = 0;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run == 1) {
		arguments();
		messages();
		order();
	} else {
		ms_sleep_until(ms_clock() + GOOD_SEC * 1000 * MSEC);
	}
	SAY("mistake %u", (unsigned)run);
	mistake((unsigned)run - 1);
	SAY("all told");
	return 0;
}
