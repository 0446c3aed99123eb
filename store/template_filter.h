/* SPDX-License-Identifier: Apache-2.0 */
/* The filters of templates; template_filters.def lists them. */
#ifndef TEMPLATE_FILTER_H
#define TEMPLATE_FILTER_H

#include <jansson.h>

#include "arena.h"

/* The value as the filter shows it, not yet escaped; NULL if there is no filter of that name or the value is not one for it. */
const char *template_filter(const char *name, const json_t *value, struct arena *a);

#endif
