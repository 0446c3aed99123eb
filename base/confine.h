/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A wall around this process and all it starts, for work on what strangers
 * wrote: by Landlock (files, signals, other processes) and seccomp (network),
 * which need no rights and no other program.  There is no way back.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include "arena.h"
#include "err.h"

/* Can this kernel do it?  Otherwise *why says what it lacks. */
bool confine_possible(const char **why);

/*
 * From now on: write below `folder` alone; read and execute there, below the
 * `readable` paths (const char *, those that are not there do not count), and
 * what programs need of the system (/usr, the loader's lists, /proc, /dev/null);
 * open no socket; signal nobody outside.  Files grow to 256 MiB at most.
 * -MS_ENOTSUP where the kernel cannot; then nothing has changed.
 */
int confine(const char *folder, const struct list *readable, struct err *e);

#endif
