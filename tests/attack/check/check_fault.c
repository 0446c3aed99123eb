/* SPDX-License-Identifier: Apache-2.0 */
/* fault.c, whose entry check.c stands in front of. */
#define core_fault(f) unchecked_fault(f)
#include "fault.c"
