/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a project takes from others: the interfaces that its requests leave open (neighbour.h), with the headers that declare their
 * functions.  ms.lock says what they were; vendor/ may hold them, so that the project needs nothing outside of its folder.
 */
#ifndef DEPENDENCIES_H
#define DEPENDENCIES_H

#include "lock.h"
#include "project.h"

#define VENDOR_FOLDER "vendor"

/* How projects that are read from now on are completed, and compared with their ms.lock. */
struct dependency_policy {
	bool locked;	/* ms.lock must be there, and say all and nothing more */
	bool offline;	/* nothing from outside of the project's folder: from its vendor/ only */
	bool fresh;	/* for who makes lock and vendor/: neighbours before vendor/, and no comparing */
};
extern struct dependency_policy dependency_policy;

/* An interface that a neighbour, or a copy in vendor/, has completed. */
struct dependency {
	const struct project *provider;
	const struct interface *interface;
};

/* Files of the provider that the interface is made of, relative to its folder: its header and what that includes by "...", texts in `files`. */
int dependency_files(const struct dependency *d, struct arena *a, struct list *files, struct err *e);

/* All of them (struct dependency *) as a lock. */
int dependencies_lock(const struct list *dependencies, struct arena *a, struct lock *out, struct err *e);

/* The SHA-256 of a file, as a lock has it. */
int dependency_hash(const char *path, struct arena *a, const char **out, struct err *e);

/* As the policy says: is this ms.lock or product.lock, if it is there, right about what was found?  `found` is asked only if it matters. */
typedef int dependency_found_fn(const void *context, struct arena *a, struct lock *out, struct err *e);
int dependency_check_file(const char *path, dependency_found_fn *found, const void *context, struct arena *a, struct err *e);

/* As the policy says: is the project's ms.lock, if it has one, right about them? */
int dependencies_check(const struct project *p, const struct list *dependencies, struct arena *a, struct err *e);

#endif
