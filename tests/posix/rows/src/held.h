/* SPDX-License-Identifier: Apache-2.0 */
/* /dev/held: a device that holds what was written to it, until it is read; or fails. */
#ifndef HELD_H
#define HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

extern char held[1200];
extern size_t holds;
extern int failing;		/* 0, or the errno that it says */

/* It says `text` from the beginning. */
FILE *said(const char *text);
bool heard(const char *text);

#define FAILS(call, error) MUST((errno = 0, (call)) && errno == (error))

#endif
