/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thread-local data of services: ordinary data here (gate.h), whose content is
 * exchanged when another thread of the same service runs.
 */
#ifndef LOCALS_H
#define LOCALS_H

#include "pages.h"

/* The service starts afresh: what is there is the main thread's. */
void locals_forget(struct area *a);

/* A thread with this block is about to run; the service's memory is open. */
void locals_enter(struct area *a, uintptr_t block);

/* Copy without the sanitizers looking at what lies between a service's objects. */
void raw_copy(void *to, const void *from, size_t size);

#endif
