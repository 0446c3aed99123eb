/* SPDX-License-Identifier: Apache-2.0 */
/*
 * File descriptors: small numbers for whatever can be read, written and closed.  0, 1 and 2 are the C library's streams
 * (end of file, and the log); further kinds say what reading, writing and closing is for them.  Each function here may be called from
 * any thread; what is learned of a descriptor is a copy, since another thread may close it at any time.
 *
 * Several descriptors stand for one open thing when dup made them: same kind, handle and epoch.  They share its flags, and the
 * last that is closed closes it.
 */
#ifndef DESCRIPTOR_H
#define DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { DESCRIPTOR_MAX = 20 };

struct descriptor_kind {
	/* As read(2), write(2): -1 and errno. */
	ssize_t (*read)(int fd, void *to, size_t size);
	ssize_t (*write)(int fd, const void *from, size_t size);

	/* The last descriptor is free already; `handle` is what it stood for. */
	int (*close)(uint32_t handle, uint32_t epoch);

	/* As fsync(2); NULL: there is nothing that it could be done to. */
	int (*sync)(int fd);
};

/* What there is to know about one. */
struct descriptor {
	const struct descriptor_kind *kind;	/* NULL: closed */
	uint32_t flags;				/* O_NONBLOCK, O_CLOEXEC, O_APPEND, O_SYNC, and how it may be used: O_RDONLY, O_WRONLY, O_RDWR */
	uint32_t handle, epoch;			/* the kind's: what it stands for */
	uint8_t family, type;			/* the kind's, too */
	uint64_t read_timeout_nsec, write_timeout_nsec;	/* 0: none */
};

/* A copy of it: 0, or -1 with EBADF. */
int ms_descriptor_get(int fd, struct descriptor *d);

/* The lowest number that is free, and at least `from`, becomes it: the number, or -1 with EMFILE. */
int ms_descriptor_new(const struct descriptor *d, int from);

/* `fd` becomes it, whatever it was: fd, or -1 with EBADF (no such number). */
int ms_descriptor_replace(int fd, const struct descriptor *d);

/* Is there room for one more?  0, or -1 with EMFILE. */
int ms_descriptor_room(void);

/* Change it and all that stand for the same, under the lock of the table: 0, or -1 with EBADF. */
int ms_descriptor_change(int fd, void (*change)(struct descriptor *d, const void *argument), const void *argument);

/* Likewise, this one alone. */
int ms_descriptor_change_one(int fd, void (*change)(struct descriptor *d, const void *argument), const void *argument);

/* As read(2) and write(2), but no cancellation points: for who holds a lock. */
ssize_t ms_descriptor_read(int fd, void *to, size_t size);
ssize_t ms_descriptor_write(int fd, const void *from, size_t size);

/* -1 with errno. */
int ms_descriptor_fails(int error);

#endif
