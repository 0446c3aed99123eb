/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a server reads messages with, if it believes nothing of them: a size that is not as it must be is an answer to the client, never
 * a copy.  Dispatchers that `ms build` makes use it, and those that people write may.  Each returns false for a message that is wrong,
 * which wants PSA_ERROR_INVALID_ARGUMENT as its answer; `m` and `i` are as for psa_read.
 */
#ifndef MS_DISPATCH_H
#define MS_DISPATCH_H

#include <stdbool.h>

#include <psa/service.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The smaller of two sizes. */
static inline size_t ms_smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* An input of exactly `size` bytes. */
static inline bool ms_read_item(const psa_msg_t *m, uint32_t i, void *to, size_t size)
{
	return m->in_size[i] == size && psa_read(m->handle, i, to, size) == size;
}

/* An input of whole elements of `element` bytes (1 or more), for which there are `room` bytes. */
static inline bool ms_read_data(const psa_msg_t *m, uint32_t i, void *to, size_t room, size_t element)
{
	size_t size = m->in_size[i];

	return size <= room && size % element == 0 && psa_read(m->handle, i, to, size) == size;
}

/* A text that comes without its NUL, for which there are `room` bytes, and puts a NUL behind it. */
static inline bool ms_read_text(const psa_msg_t *m, uint32_t i, char *to, size_t room)
{
	size_t size = m->in_size[i];

	if (size >= room || psa_read(m->handle, i, to, size) != size)
		return false;
	to[size] = '\0';
	return true;
}

#ifdef __cplusplus
}
#endif

#endif
