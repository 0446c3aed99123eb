/* SPDX-License-Identifier: Apache-2.0 */
/* Targets, the closed list of <ms/abi/targets.def>: their names, and what runs on what. */
#ifndef TARGET_H
#define TARGET_H

#include "bytes.h"

/* Is this the number of a target (enum ms_target)? */
bool target_known(uint8_t target);

/* The name of a target ("v7em"), or NULL for a number that is none. */
const char *target_name(uint8_t target);

/* The same without NUL, empty for a number that is none. */
struct bytes target_text(uint8_t target);

/* May an executable made for one target run where the best target is another (docs/abi.md, "Targets")? */
bool target_runs(uint8_t made_for, uint8_t here);

/* Which of `count` targets is the best one that runs there: its index, or -1. */
int target_best(const uint8_t *targets, uint32_t count, uint8_t here);

/* Does it compute with an FPU? */
bool target_has_fpu(uint8_t target);

/* The number of a name (enum ms_target), or 0 for a name that is none. */
uint8_t target_number(struct bytes name);

#endif
