/* SPDX-License-Identifier: Apache-2.0 */
/* A number that no other running thread of the service has, and that is not 0: here its thread block. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <stdint.h>

extern _Thread_local uintptr_t ms_thread_block;

static inline uintptr_t thread_identity(void)
{
	return ms_thread_block;
}

#endif
