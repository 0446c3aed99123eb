/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A wall around this process and all it starts, by Landlock (files, signals, other processes) and seccomp (calls to the kernel), which need no
 * rights and no other program: for work on what strangers wrote, and for a server that strangers talk to.  There is no way back.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include "arena.h"
#include "err.h"

/* Can this kernel keep a build in?  Otherwise *why says what it lacks. */
bool confine_possible(const char **why);

/*
 * For a build, from now on: write below `folder` alone; read and execute there, below the `readable` paths (const char *, those that are not there do not count),
 * and what programs need of the system (/usr, the loader's lists, /proc, /dev/null); change mode, owner, attributes or times of no file by its name; open no
 * socket; look into no process outside, and from Linux 6.12 on signal none.  Files grow to 256 MiB at most.
 * -MS_ENOTSUP where the kernel cannot; then nothing has changed.
 */
int confine(const char *folder, const struct list *readable, struct err *e);

/*
 * For a server, of this and all later threads: open no file but below `folder` (what is open stays so), start no program, look into none, and ask no other server.  What was given
 * up, for people ("files, programs"); where the kernel knows neither: "nothing".
 */
const char *confine_server(const char *folder);

#endif
