/* SPDX-License-Identifier: Apache-2.0 */
#include <SysCall.h>

int main(void)
{
	LOG_NOTICE("I stand beside");
	return 0;
}
