/* SPDX-License-Identifier: Apache-2.0 */
/* Shared-memory objects: memory of the heap, or a block of the manifest's, which a name and descriptors stand for (shm.c) and which is mapped (mmap.c). */
#ifndef MEMORY_OBJECT_H
#define MEMORY_OBJECT_H

#include <ms/shared.h>

#include "descriptor.h"

enum { MEMORY_PAGE = 32 };		/* sysconf(_SC_PAGESIZE) */

/* Where it is, all descriptors closed, all mappings gone and its name removed, it is forgotten. */
struct memory_object {
	struct memory_object *next;
	const struct ms_shared_object *block;	/* NULL: of the heap */
	char *memory;
	size_t size, room;			/* as ftruncate said, and what there is: whole pages */
	unsigned opened, mapped;
	uint32_t id;
	uint32_t mode;
	bool unlinked;
	char name[];
};

/* A descriptor of one: its handle is the object's id. */
extern const struct descriptor_kind memory_object_kind;

void memory_objects_lock(void);
void memory_objects_unlock(void);

/* With the lock: what a descriptor of the kind stands for. */
struct memory_object *memory_object_of(const struct descriptor *d);

/* With the lock: nobody maps it any more, or nobody has it open. */
void memory_object_release(struct memory_object *o);

static inline size_t memory_pages(size_t size)
{
	return (size + MEMORY_PAGE - 1) & ~(size_t)(MEMORY_PAGE - 1);
}

#endif
