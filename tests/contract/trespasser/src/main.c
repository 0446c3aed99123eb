/* SPDX-License-Identifier: Apache-2.0 */
/* Writes to the runtime's memory: where services are isolated it does not live to tell. */
#include <SysCall.h>

#include "board_facts.h"

int main(void)
{
	volatile uint32_t *runtime = (volatile uint32_t *)BOARD_RAM_BASE;

	LOG_INFO("tries");
	ms_sleep_until(ms_clock() + 100000000);
	*runtime = *runtime;
	LOG_INFO("reached the runtime's memory");
}
