/* SPDX-License-Identifier: Apache-2.0 */
/* A function's body and a call of it that compile as they stand, for `ms new --interface`: where an author begins. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "wire.h"

/* The body of a function that does nothing yet: its outputs are zero. */
void sample_body(const struct call *c, struct text *t, struct arena *a);

/* The variables that a call needs, each on a line. */
void sample_variables(const struct call *c, struct text *t, struct arena *a);

/* "adder_add(0, 0, &sum)". */
const char *sample_call(const struct call *c, struct arena *a);

/* What the function without a body of its own answers: "PSA_SUCCESS", "0", NULL for what cannot be compared. */
const char *sample_answer(const struct call *c, struct arena *a);

/* What a mock of it is told before that call: what it is called with, and what it gives; or with what status it fails. */
void sample_expect(const struct call *c, const char *failure, struct text *t, struct arena *a);

#endif
