/* SPDX-License-Identifier: Apache-2.0 */
#include "cycle.h"
int cycle_back(void);
