/* SPDX-License-Identifier: Apache-2.0 */
/* What a build behind a wall may read for the sake of a program that it runs. */
#ifndef TOOLREACH_H
#define TOOLREACH_H

#include "arena.h"

/*
 * Add to the list (const char *) what belongs to a program: all below its prefix, "/opt/gcc" of "/opt/gcc/bin/gcc", or its folder.  Where a prefix is
 * a whole disk, `home` or what lies in ~/.local, which hold more than programs: their folders for programs and libraries alone; where a folder is: that file
 * alone.  A program that is not there adds nothing.
 */
void toolreach_add(struct list *readable, const char *program, const char *home, struct arena *a);

#endif
