/* SPDX-License-Identifier: Apache-2.0 */
/* The room that a service's image keeps for parameters (docs/formats.md 9): who asks for what, and does a value fit. */
#ifndef PARAMETERS_ROOM_H
#define PARAMETERS_ROOM_H

#include <ms/abi/parameter.h>

#include "arena.h"
#include "err.h"

#define PARAMETER_NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

/* MS_PARAMETER_GIVEN is set in the flags of what a product gave. */
struct parameters_room { uint32_t count; struct ms_parameter record[MS_PARAMETER_MAX]; };

/* That of an image, which begins at this place of it; 0: it has none.  false, and none, when it breaks a rule of docs/formats.md 9. */
bool parameters_room(struct bytes image, uint32_t at, struct parameters_room *out);

/* "bytes", "text" or "number". */
const char *parameter_type(const struct ms_parameter *p);

/* The one of this name.  NULL, and the sentence with the nearest, when `service` asks for none. */
struct ms_parameter *parameters_find(struct parameters_room *r, const char *service, const char *name, struct err *e);

/* Is it of the type and no larger than what is asked for?  A number's text becomes its four bytes.  -MS_EINCOMPATIBLE, without a word of the value. */
int parameter_fit(const struct ms_parameter *p, const char *service, struct bytes *value, struct arena *a, struct err *e);

#endif
