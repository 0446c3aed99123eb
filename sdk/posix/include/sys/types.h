/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and the types of POSIX threads, as POSIX has it. */
#ifndef MS_SYS_TYPES_H
#define MS_SYS_TYPES_H

#include_next <sys/types.h>

#include <sys/_pthreadtypes.h>

#endif
