/* SPDX-License-Identifier: Apache-2.0 */
/* Making one input from another. */
#ifndef MUTATE_H
#define MUTATE_H

#include "fuzz.h"

/* Change *in in some ways that the random numbers say; `other` is one to take pieces from. */
void mutate(struct fuzz_input *in, const struct fuzz_input *other, uint64_t *random);

/* Make it what it was compared with, somewhere. */
void mutate_compared(struct fuzz_input *in, uint64_t *random);

#endif
