/* SPDX-License-Identifier: Apache-2.0 */
/* What bench/bindings.sh calls: one function of each form. */
#ifndef WRITTEN_H
#define WRITTEN_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

struct written_point { int32_t x, y, z; };

/* Nothing goes, nothing comes. */
psa_status_t written_nothing(void);

/* Numbers in, a number out. */
psa_status_t written_add(int32_t a, int32_t b, int32_t *sum);

/* A struct in, one out. */
psa_status_t written_turn(const struct written_point *from, struct written_point *to);

/* Data in, an array out. */
psa_status_t written_fold(const uint8_t *data, size_t data_size, uint8_t folded[16]);

/* Data out, and how much. */
psa_status_t written_count(uint8_t *data, size_t data_size, size_t *data_length);

#endif
