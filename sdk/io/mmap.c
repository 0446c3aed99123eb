/* SPDX-License-Identifier: Apache-2.0 */
/* A mapping is where the object is: there is one address of it, and what one thread writes there all see. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <ms/syscall.h>

#include "memory_object.h"

struct mapping {
	struct mapping *next;
	struct memory_object *object;
	uintptr_t at, end;
};

static struct mapping *mappings;	/* under the lock of the objects */

static void *refuse(int error)
{
	errno = error;
	return MAP_FAILED;
}

/* What can be said without looking at the object. */
static int check(size_t size, int access, int flags, off_t offset)
{
	if (!size || offset < 0 || offset % MEMORY_PAGE || ((flags & MAP_SHARED) != 0) == ((flags & MAP_PRIVATE) != 0))
		return EINVAL;
	if (flags != MAP_SHARED || access & ~(PROT_READ | PROT_WRITE))
		return ENOTSUP;
	return (uintmax_t)offset > SIZE_MAX - size ? EOVERFLOW : 0;
}

/* With the lock: a block is opened when it is first mapped. */
static int open_block(struct memory_object *o, int access)
{
	void *at = o->memory;
	int rc = o->mapped ? 0 : ms_shared_map(o->block->block, &at);

	if (rc < 0)
		return rc == -MS_ENOMEM ? ENOMEM : EACCES;
	o->memory = at;
	if (access & PROT_WRITE && ms_futex_wake(at, 0) < 0) {
		if (!o->mapped)
			ms_shared_unmap(o->block->block);
		return EACCES;
	}
	return 0;
}

/* With the lock: 0, and *m is filled and hangs in the list. */
static int map(struct memory_object *o, size_t size, int access, size_t offset, struct mapping *m)
{
	int rc = 0;

	if (offset + size > memory_pages(o->size))
		return ENXIO;
	if (o->block)
		rc = open_block(o, access);
	if (rc)
		return rc;
	o->mapped++;
	uintptr_t at = (uintptr_t)o->memory + offset;

	*m = (struct mapping){ mappings, o, at, at + memory_pages(size) };
	mappings = m;
	return 0;
}

void *mmap(void *wished, size_t size, int access, int flags, int fd, off_t offset)
{
	struct descriptor d;
	int rc = check(size, access, flags, offset);

	(void)wished;
	if (rc)
		return refuse(rc);
	if (ms_descriptor_get(fd, &d) < 0)
		return MAP_FAILED;
	if (d.kind != &memory_object_kind)
		return refuse(ENODEV);
	if (access & PROT_WRITE && (d.flags & O_ACCMODE) == O_RDONLY)
		return refuse(EACCES);
	struct mapping *m = malloc(sizeof(*m));

	if (!m)
		return refuse(ENOMEM);
	memory_objects_lock();
	rc = map(memory_object_of(&d), size, access, (size_t)offset, m);
	memory_objects_unlock();
	if (!rc)
		return (void *)m->at;
	free(m);
	return refuse(rc);
}

/* With the lock. */
static void end(struct mapping *m)
{
	struct memory_object *o = m->object;

	if (!--o->mapped && o->block)
		ms_shared_unmap(o->block->block);
	memory_object_release(o);
	free(m);
}

/* With the lock: what is left of a mapping; a hole in its midst stays. */
static void cut(struct mapping *m, uintptr_t at, uintptr_t to)
{
	if (at <= m->at && to > m->at)
		m->at = to < m->end ? to : m->end;
	else if (to >= m->end && at < m->end)
		m->end = at;
}

int munmap(void *from, size_t size)
{
	uintptr_t at = (uintptr_t)from;

	if (!size || at % MEMORY_PAGE || size > UINTPTR_MAX - MEMORY_PAGE - at)
		return ms_descriptor_fails(EINVAL);
	memory_objects_lock();
	for (struct mapping **each = &mappings, *m; (m = *each);) {
		cut(m, at, at + memory_pages(size));
		if (m->at == m->end) {
			*each = m->next;
			end(m);
		} else {
			each = &m->next;
		}
	}
	memory_objects_unlock();
	return 0;
}
