/* SPDX-License-Identifier: Apache-2.0 */
/* Thread blocks on the PC (gate.h).  The template is the data as it was linked: kept by start.c before anything can change it. */
#include <string.h>

#include <ms/syscall.h>

#include "gate.h"
#include "identity.h"

extern char __ms_local_template[], __ms_local[], __ms_local_end[];

_Thread_local uintptr_t ms_thread_block;

size_t ms_thread_block_size(void)
{
	return MS_BLOCK_HEAD + (size_t)(__ms_local_end - __ms_local);
}

void ms_thread_block_init(void *block)
{
	char *to = block, *data = to + MS_BLOCK_HEAD;
	uintptr_t self = (uintptr_t)block;

	memset(to, 0, MS_BLOCK_HEAD);
	memcpy(data, __ms_local_template, (size_t)(__ms_local_end - __ms_local));
	memcpy(data + ((char *)&ms_thread_block - __ms_local), &self, sizeof(self));
}
