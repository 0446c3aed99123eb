/* SPDX-License-Identifier: Apache-2.0 */
/* What mistakes with threads have to themselves. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdint.h>

#define PARTNER NULL		/* another service that has to run */

/* One of the words of a larger thing, as a driver or a library writes it: a call of its own. */
void set(volatile uint32_t *to, uint32_t value);
uint32_t get(const volatile uint32_t *from);

#endif
