/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CALLED_H
#define CALLED_H

#include <stdint.h>

int called_add(int a, int b);
int called_built(void);
long called_sleep(void);
int called_errno(void);
void called_exit(void);
void called_wait(void);
uint64_t called_isolation(void);

#endif
