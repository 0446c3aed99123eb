/* SPDX-License-Identifier: Apache-2.0 */
/* ms-api, the program that knows C headers (docs/decisions/0011). */
#ifndef APITOOL_H
#define APITOOL_H

#include "arena.h"

/* Its path: it lies beside this program. */
const char *apitool_path(struct arena *a);

#endif
