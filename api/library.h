/* SPDX-License-Identifier: Apache-2.0 */
/* The names of the C library's and the SDK's own functions, which a service cannot have a second time. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "arena.h"
#include "toolchain.h"

/* Sorted, each once or more: const char *.  Nothing where the SDK has no libraries for this target. */
struct list library_names(const struct sdk *sdk, const char *target, struct arena *a);

bool library_has(const struct list *names, const char *name);

#endif
