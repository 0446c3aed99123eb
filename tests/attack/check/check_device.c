/* SPDX-License-Identifier: Apache-2.0 */
/* device.c, whose entry for interrupt lines check.c stands in front of. */
#define core_line unchecked_line
#include "device.c"
