/* SPDX-License-Identifier: Apache-2.0 */
/* core.c, whose entry for time check.c stands in front of. */
#define core_alarm unchecked_alarm
#include "core.c"
