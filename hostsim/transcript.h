/* SPDX-License-Identifier: Apache-2.0 */
/* What the console has shown: whole lines, kept until the device is opened again. */
#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

void transcript_clear(void);

/* Bytes as the console gets them.  `echo`: to standard output, too. */
void transcript_add(const char *text, size_t size, bool echo);

size_t transcript_count(void);
const char *transcript_line(size_t i);

/* The text of line i if a service of this name logged it, else NULL. */
const char *transcript_text(size_t i, const char *service);

#endif
