/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Root parameters: certificates, keys and settings that a product gives to this service and to no other.
 * What the service asks for stands in `requests: parameters` of its ms.yaml, what it gets in the product's file.
 * They are part of the service's own read-only memory, signed with it; any thread may read them at any time.
 */
#ifndef MS_PARAMETER_H
#define MS_PARAMETER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Copy a parameter, by its name, to `buffer`, which has room for `size` bytes.  Returns its size, 0 and up.  With a
 * size of 0 nothing is copied, and the buffer may be NULL: so one learns the size, as with getxattr.
 * A text has no NUL behind it; a number is an int32_t.
 * -MS_ENOENT: the product gives none, or ms.yaml has no such name; -MS_ERANGE: it is larger than `size`, and
 * nothing was copied.  In a test, a function of this name stands in its place.
 */
int ms_parameter_get(const char *name, void *buffer, size_t size);

/* The same from the room that `ms build` keeps for what ms.yaml asks for: for the source that it makes. */
int ms_parameter_read(const void *room, const char *name, void *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif
