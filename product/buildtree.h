/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Ninja cannot see in the times of files, and a build must not miss:
 *
 * - a header that is new, or gone: another of its name may be found in its place;
 * - a file that has become an older one, as `cp -p` or an unpacked archive leaves it: its time is before that of the object.
 *
 * Either changes out/tree, on which every object depends: all are compiled again.
 * A source that is younger than now is warned of.
 */
#ifndef BUILDTREE_H
#define BUILDTREE_H

#include "arena.h"
#include "err.h"

#define BUILDTREE_PATH "out/tree"

/* Look at all files of the project in `root`, and write out/tree and out/.seen when they are to change.  The build's lock is held. */
int buildtree_update(const char *root, struct arena *a, struct err *e);

#endif
