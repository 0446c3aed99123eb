/* SPDX-License-Identifier: Apache-2.0 */
/* syscall.c, whose entry check.c stands in front of. */
#define core_syscall unchecked_syscall
#include "syscall.c"
