/* SPDX-License-Identifier: Apache-2.0 */
/* A sum for each connection, of a fixed number: a server decides how many it can serve. */
#ifndef SUMS_H
#define SUMS_H

#include <stdint.h>

enum { SUM_COUNT = 4 };

/* One that nobody has, 0; NULL when all are taken. */
uint32_t *sums_take(void);

/* NULL is fine. */
void sums_give_back(uint32_t *sum);

#endif
