/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "object_name.h"
#include "posix.h"
#include "semaphore_of.h"

struct named {
	sem_t sem;
	struct named *next;
	unsigned opened;
	bool unlinked;
	char name[];
};

static struct named *all;

/* With the lock: where that name hangs, or where NULL does. */
static struct named **find(const char *name)
{
	struct named **at = &all;

	while (*at && ((*at)->unlinked || strcmp((*at)->name, name)))
		at = &(*at)->next;
	return at;
}

/* With the lock: the last that had it open has gone, and so has its name. */
static struct named *take_if_over(struct named *n)
{
	struct named **at = &all;

	if (n->opened || !n->unlinked)
		return NULL;
	while (*at != n)
		at = &(*at)->next;
	*at = n->next;
	return n;
}

static struct named *make(const char *name, unsigned value)
{
	size_t size = strlen(name) + 1;
	struct named *n = malloc(offsetof(struct named, name) + size);

	if (n) {
		*n = (struct named){ 0 };
		memcpy(n->name, name, size);
		sem_init(&n->sem, 0, value);
	}
	return n;
}

/* `fresh` is what it becomes if there is none of its name; NULL: nothing. */
static int open_one(const char *name, int flags, struct named **fresh, sem_t **opened)
{
	struct thread *self = posix_self();
	int rc = 0;

	posix_lock(self);
	struct named *n = *find(name);

	if (n && (flags & O_CREAT) && (flags & O_EXCL))
		rc = EEXIST;
	else if (!n && !*fresh)
		rc = flags & O_CREAT ? ENOMEM : ENOENT;
	if (!rc && !n) {
		n = *fresh;
		n->next = all;
		all = n;
		*fresh = NULL;
	}
	if (!rc) {
		n->opened++;
		*opened = &n->sem;
	}
	posix_unlock(self);
	return rc;
}

sem_t *sem_open(const char *name, int flags, ...)
{
	struct named *fresh = NULL;
	sem_t *opened = SEM_FAILED;
	va_list more;
	int rc = object_name(&name);

	va_start(more, flags);
	if (!rc && (flags & O_CREAT)) {
		(void)va_arg(more, int);
		unsigned value = va_arg(more, unsigned);

		if (value > SEM_VALUE_MAX)
			rc = EINVAL;
		else
			fresh = make(name, value);
	}
	va_end(more);
	if (!rc)
		rc = open_one(name, flags, &fresh, &opened);
	free(fresh);
	if (rc)
		errno = rc;
	return opened;
}

int sem_close(sem_t *s)
{
	struct thread *self = posix_self();
	struct named *n;

	posix_lock(self);
	for (n = all; n && (&n->sem != s || !n->opened); n = n->next)
		;
	bool found = n;

	if (found) {
		n->opened--;
		n = take_if_over(n);
	}
	posix_unlock(self);
	free(n);
	return found ? 0 : sem_refuse(EINVAL);
}

int sem_unlink(const char *name)
{
	struct thread *self = posix_self();
	int rc = object_name(&name);

	if (rc)
		return sem_refuse(rc == EINVAL ? ENOENT : rc);
	posix_lock(self);
	struct named *n = *find(name);
	bool found = n;

	if (found) {
		n->unlinked = true;
		n = take_if_over(n);
	}
	posix_unlock(self);
	free(n);
	return found ? 0 : sem_refuse(ENOENT);
}
