/* SPDX-License-Identifier: Apache-2.0 */
/* Gives way for ever: the other side of a yield. */
#include <SysCall.h>

int main(void)
{
	__asm__ volatile("mov r12, %0\n1:\tsvc 0\n\tb 1b" : : "I"(MS_SYS_yield) : "r12");
}
