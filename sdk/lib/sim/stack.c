/* SPDX-License-Identifier: Apache-2.0 */
/* On the PC threads run on stacks of the simulation's, larger than what a service gave. */
#include "stack.h"

#include <ms/abi/abi.h>
#include <ms/stack.h>

void stack_mark(struct ms_stack s, uint32_t limit)
{
	(void)s, (void)limit;
}

int ms_stack_unused(void)
{
	return -MS_ENOENT;
}
