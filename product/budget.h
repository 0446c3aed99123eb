/* SPDX-License-Identifier: Apache-2.0 */
/* A project's budget: what its service may take at most, as ms.yaml says. */
#ifndef BUDGET_H
#define BUDGET_H

#include "image.h"
#include "project.h"

/*
 * Does what was built for a target keep to it?  `debug` and `map` are what the linker made of it.  -MS_EPROJECT naming what is over, by how
 * much, and the largest things in it, with the place of the budget in ms.yaml.
 */
int budget_check(const struct project *p, uint8_t target, const struct image *im, const char *debug, const char *map, struct arena *a, struct err *e);

#endif
