/* SPDX-License-Identifier: Apache-2.0 */
/* Is a child left alone?  For programs that do not notice themselves that the other end of their connection is gone. */
#ifndef HANGUP_H
#define HANGUP_H

#include "process.h"

/* Is one of the child's connections closed by its other end?  No, also when the system does not let us look. */
bool hangup_seen(const struct process *p);

#endif
