/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared-memory objects by name.  A process is a service, so what shm_open makes is shared by the threads of one; what other services share are
 * the blocks that the manifest names, once the program has said them (ms_shared_name): those have their size, and cannot be removed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "devices.h"
#include "latch.h"
#include "memory_object.h"
#include "object_name.h"

static struct memory_object *objects;
static const struct ms_shared_object *blocks;
static uint32_t lock;

void memory_objects_lock(void)
{
	ms_latch_take(&lock);
}

void memory_objects_unlock(void)
{
	ms_latch_give(&lock);
}

void ms_shared_name(struct ms_shared_object *block)
{
	memory_objects_lock();
	block->next = blocks;
	blocks = block;
	memory_objects_unlock();
}

static const struct ms_shared_object *find_block(const char *name)
{
	const struct ms_shared_object *b = blocks;

	while (b && strcmp(b->name, name))
		b = b->next;
	return b;
}

/* With the lock: what stands for a block has no name that could be removed, and is forgotten when nobody uses it. */
static struct memory_object *find(const char *name, const struct ms_shared_object *block)
{
	struct memory_object *o = objects;

	while (o && (block ? o->block != block : o->unlinked || strcmp(o->name, name)))
		o = o->next;
	return o;
}

/* With the lock: a new one of that name, of no size, or what stands for a block. */
static struct memory_object *add(const char *name, const struct ms_shared_object *block, mode_t mode)
{
	static uint32_t last;
	size_t size = strlen(name) + 1;
	struct memory_object *o = malloc(offsetof(struct memory_object, name) + size);

	if (!o)
		return NULL;
	*o = (struct memory_object){ .next = objects, .block = block, .id = ++last, .mode = (uint32_t)mode & 0777, .unlinked = block };
	o->size = o->room = block ? block->size : 0;
	memcpy(o->name, name, size);
	return objects = o;
}

/* With the lock: the one that is meant, existing or new; NULL: *rc says why not. */
static struct memory_object *choose(const char *name, int flags, mode_t mode, int *rc)
{
	const struct ms_shared_object *block = find_block(name);
	struct memory_object *o = find(name, block);

	if (!o && !block && !(flags & O_CREAT))
		*rc = ENOENT;
	else if ((o || block) && flags & O_CREAT && flags & O_EXCL)
		*rc = EEXIST;
	else if (block && flags & O_TRUNC)
		*rc = EACCES;
	else if (!o && !(o = add(name, block, mode)))
		*rc = ENOSPC;
	return *rc ? NULL : o;
}

/* With the lock: its size; 0, or EFBIG: it cannot have it. */
static int resize(struct memory_object *o, size_t size)
{
	size_t room = memory_pages(size);

	if (o->block)
		return size == o->size ? 0 : EFBIG;
	if (room > o->room) {
		char *larger = o->mapped || room < size ? NULL : aligned_alloc(MEMORY_PAGE, room);

		if (!larger)
			return EFBIG;
		memset(larger, 0, room);
		if (o->memory)
			memcpy(larger, o->memory, o->size);
		free(o->memory);
		o->memory = larger;
		o->room = room;
	} else if (size < o->size) {
		memset(o->memory + size, 0, o->size - size);
	}
	o->size = size;
	return 0;
}

void memory_object_release(struct memory_object *o)
{
	struct memory_object **at = &objects;

	if (o->opened || o->mapped || !o->unlinked)
		return;
	while (*at != o)
		at = &(*at)->next;
	*at = o->next;
	if (!o->block)
		free(o->memory);
	free(o);
}

struct memory_object *memory_object_of(const struct descriptor *d)
{
	struct memory_object *o = objects;

	while (o && o->id != d->handle)
		o = o->next;
	return o;
}

static ssize_t cannot(int fd)
{
	(void)fd;
	return ms_descriptor_fails(EINVAL);
}

static ssize_t object_read(int fd, void *to, size_t size)
{
	(void)to, (void)size;
	return cannot(fd);
}

static ssize_t object_write(int fd, const void *from, size_t size)
{
	(void)from, (void)size;
	return cannot(fd);
}

static int object_close(uint32_t handle, uint32_t epoch)
{
	(void)epoch;
	memory_objects_lock();
	struct memory_object *o = memory_object_of(&(struct descriptor){ .handle = handle });

	o->opened--;
	memory_object_release(o);
	memory_objects_unlock();
	return 0;
}

const struct descriptor_kind memory_object_kind = { object_read, object_write, object_close, NULL };

int shm_open(const char *name, int flags, mode_t mode)
{
	struct descriptor d = { .kind = &memory_object_kind, .flags = (uint32_t)(flags & O_ACCMODE) | O_CLOEXEC, .epoch = ms_device_epoch() };
	int access = flags & O_ACCMODE, rc = access == O_RDONLY || access == O_RDWR ? object_name(&name) : EINVAL;

	if (rc)
		return ms_descriptor_fails(rc);
	if (ms_descriptor_room() < 0)
		return -1;
	memory_objects_lock();
	struct memory_object *o = choose(name, flags, mode, &rc);

	if (o) {
		if (flags & O_TRUNC && access == O_RDWR)
			resize(o, 0);
		o->opened++;
		d.handle = o->id;
	}
	memory_objects_unlock();
	if (rc)
		return ms_descriptor_fails(rc);
	int fd = ms_descriptor_new(&d, 0);

	if (fd < 0)
		object_close(d.handle, d.epoch);
	return fd;
}

int shm_unlink(const char *name)
{
	int rc = object_name(&name);

	if (rc)
		return ms_descriptor_fails(rc == EINVAL ? ENOENT : rc);
	memory_objects_lock();
	const struct ms_shared_object *block = find_block(name);
	struct memory_object *o = block ? NULL : find(name, NULL);

	if (o) {
		o->unlinked = true;
		memory_object_release(o);
	} else {
		rc = block ? EACCES : ENOENT;
	}
	memory_objects_unlock();
	return rc ? ms_descriptor_fails(rc) : 0;
}

int ftruncate(int fd, off_t size)
{
	struct descriptor d;
	int rc = 0;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	if (size < 0 || d.kind != &memory_object_kind || (d.flags & O_ACCMODE) == O_RDONLY)
		return ms_descriptor_fails(EINVAL);
	memory_objects_lock();
	rc = (uintmax_t)size > SIZE_MAX / 2 ? EFBIG : resize(memory_object_of(&d), (size_t)size);
	memory_objects_unlock();
	return rc ? ms_descriptor_fails(rc) : 0;
}

int fstat(int fd, struct stat *s)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	*s = (struct stat){ .st_mode = (d.family ? S_IFSOCK : S_IFCHR) | 0666, .st_nlink = 1 };
	if (d.kind != &memory_object_kind)
		return 0;
	memory_objects_lock();
	const struct memory_object *o = memory_object_of(&d);

	s->st_mode = S_IFREG | o->mode;
	s->st_size = (off_t)o->size;
	memory_objects_unlock();
	return 0;
}
