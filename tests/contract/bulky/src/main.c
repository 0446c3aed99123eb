/* SPDX-License-Identifier: Apache-2.0 */
/* Has much memory, which is cleared at each of its restarts. */
#include <stdint.h>

#include <SysCall.h>

int main(void)
{
	ms_sleep_until(ms_clock() + UINT64_C(10000000));
	__asm__ volatile("udf #0");
	return 0;
}
