/* SPDX-License-Identifier: Apache-2.0 */
/* Fails, for which its product resets the device; then sleeps, in which a test's runtime hangs. */
#include <SysCall.h>

int main(void)
{
	LOG_INFO("up at %u ms", (unsigned)(ms_clock() / 1000000));
	ms_sleep_until(ms_clock() + 100000000);
	return 1;
}
