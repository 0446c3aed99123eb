/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What schemes of certification and laws ask of a product, held against what is known of it here.  A requirement is met only
 * by a fact that was checked or computed, never by a promise; what the manufacturer does, or states, is not ours to say.
 */
#ifndef PROFILE_H
#define PROFILE_H

#include "device.h"
#include "product.h"

enum profile_status { PROFILE_MET, PROFILE_OPEN, PROFILE_NOT_OURS };

/* A requirement in our words; `said` is the fact's value, or what is missing, or who has to say it; `where` the fact stands, or NULL. */
struct profile_answer { const char *number, *text, *said, *where; enum profile_status status; };

/* "psa-l1|sesip|cra|psti|en303645" */
extern const char profile_names[];

/* Of a product that passed device_check with strict grants: struct profile_answer *, in the profile's order.  False for no such profile. */
bool profile_answers(const char *name, const struct product *p, const struct device *d, struct arena *a, struct list *out);

/* What a profile's list was made from, with its version; NULL for no such profile. */
const char *profile_source(const char *name);

/* "met", "open", "not ours" */
const char *profile_status_text(enum profile_status status);

/* All profiles' requirements, as Markdown. */
char *profile_manual(struct arena *a);

#endif
