/* SPDX-License-Identifier: Apache-2.0 */
/* Names of semaphores and shared-memory objects.  A slash in front is POSIX's, and says nothing here: with and without it is one name. */
#ifndef OBJECT_NAME_H
#define OBJECT_NAME_H

#include <errno.h>
#include <limits.h>
#include <string.h>

/* The name without that slash; 0, ENAMETOOLONG, or EINVAL for what is none: nothing, or another slash in it. */
static inline int object_name(const char **name)
{
	if (strlen(*name) > NAME_MAX)
		return ENAMETOOLONG;
	*name += **name == '/';
	return **name && !strchr(*name, '/') ? 0 : EINVAL;
}

#endif
