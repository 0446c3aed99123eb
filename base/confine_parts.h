/* SPDX-License-Identifier: Apache-2.0 */
/* For confine.c: the calls to the kernel that are taken away, by seccomp. */
#ifndef CONFINE_PARTS_H
#define CONFINE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* Are the numbers of this kind of processor's calls known? */
bool confine_calls_known(void);

/*
 * From now on, for this thread and what it starts: none of these calls (SYS_..., at most 64), nor those that lead out of any wall; they fail by EACCES.
 * A file that is opened for reading is not emptied by it.  -1 with errno where the kernel does not do it.
 */
int confine_calls(const int *refused, size_t count);

#endif
