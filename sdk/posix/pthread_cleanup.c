/* SPDX-License-Identifier: Apache-2.0 */
#include "posix.h"

void __ms_cleanup_push(struct __ms_cleanup *c)
{
	struct thread *self = posix_self();

	c->below = self->cleanup;
	self->cleanup = c;
}

void __ms_cleanup_pop(struct __ms_cleanup *c, int execute)
{
	posix_self()->cleanup = c->below;
	if (execute)
		c->routine(c->argument);
}
