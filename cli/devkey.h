/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of everyday work: made when first needed, which is said once. */
#ifndef DEVKEY_H
#define DEVKEY_H

#include "arena.h"
#include "err.h"

/* The file of the key that signs what this person builds; of the one that signs what this person's emulated boards run. */
int devkey_developer(struct arena *a, const char **path, struct err *e);
int devkey_integrator(struct arena *a, const char **path, struct err *e);

#endif
