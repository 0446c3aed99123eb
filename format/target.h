/* SPDX-License-Identifier: Apache-2.0 */
/* The names of targets, the closed list of <ms/abi/targets.def>. */
#ifndef TARGET_H
#define TARGET_H

#include "bytes.h"

/* Is this the number of a target (enum ms_target)? */
bool target_known(uint8_t target);

/* The name of a target ("v7em"), or NULL for a number that is none. */
const char *target_name(uint8_t target);

/* The same without NUL, empty for a number that is none. */
struct bytes target_text(uint8_t target);

/* The number of a name (enum ms_target), or 0 for a name that is none. */
uint8_t target_number(struct bytes name);

#endif
