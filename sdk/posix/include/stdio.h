/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, without a macro of it that wants two arguments where POSIX has one: the function is right. */
#include_next <stdio.h>

#undef putchar_unlocked
