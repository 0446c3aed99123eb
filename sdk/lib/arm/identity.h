/* SPDX-License-Identifier: Apache-2.0 */
/* A number that no other running thread of the service has, and that is not 0: here its thread pointer. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <stdint.h>

static inline uintptr_t thread_identity(void)
{
	return (uintptr_t)__builtin_thread_pointer();
}

#endif
