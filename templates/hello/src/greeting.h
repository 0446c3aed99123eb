/* SPDX-License-Identifier: Apache-2.0 */
/* What the service says. */
#ifndef GREETING_H
#define GREETING_H

#include <stddef.h>

/*
 * Write the greeting for somebody into `to`, at most `size` bytes with the
 * final NUL; longer ones are cut.  "" or NULL greets the world.  Returns how
 * many bytes the whole greeting has.
 */
size_t greeting_write(char *to, size_t size, const char *name);

#endif
