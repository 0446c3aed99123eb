/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic whose result is the same bit for bit wherever it is done as IEEE 754 says: on the PC, by an FPU, by a library. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stdint.h>

/* A sum over `count` seeded operations each of floats and doubles: quotients, products, sums. */
uint32_t sample_floats(unsigned count);
uint32_t sample_doubles(unsigned count);

/* 64-bit quotients and remainders, with and without sign. */
uint32_t sample_integers(unsigned count);

#endif
