/* SPDX-License-Identifier: Apache-2.0 */
/* What is valid now: handles, signals and sizes that earlier calls have given, for the calls of messages, devices and shared memory. */
#ifndef VALID_H
#define VALID_H

#include <stdbool.h>
#include <stdint.h>

/* A number below `below`; any when that is 0. */
uint32_t draw(uint32_t below);

/* Has this call a valid form now, for the main thread or for another? */
bool valid_now(uint32_t number, bool main);

/* The argument, if it is one that depends on what is known. */
bool valid_argument(uint32_t number, unsigned place, uint32_t *value);

/* What came of a call. */
void valid_learn(uint32_t number, const uint32_t argument[6], int32_t status, uint32_t value);

#endif
