/* SPDX-License-Identifier: Apache-2.0 */
/* core.c, whose entries check.c stands in front of. */
#define core_alarm unchecked_alarm
#define core_line unchecked_line
#include "core.c"
