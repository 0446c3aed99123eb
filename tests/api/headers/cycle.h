/* SPDX-License-Identifier: Apache-2.0 */
#include "cycle_back.h"
int cycle(void);
