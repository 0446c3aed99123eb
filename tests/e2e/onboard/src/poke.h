/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POKE_H
#define POKE_H

int poke(volatile int *where);

#endif
