/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What came into an executable, by the linker's map: objects and members of libraries of which at least one byte has an
 * address.  What was opened, or looked through, or discarded is not among them.
 */
#ifndef LINKED_H
#define LINKED_H

#include "arena.h"

/* An object by itself has no member.  Both borrow from the map. */
struct linked_part { struct bytes file, member; };

/* struct linked_part *, each once, in the map's order. */
void linked_parts(struct bytes map, struct arena *a, struct list *out);

/*
 * What files of the project an object was made from, by what `ninja -t deps` says in the project's folder: const char *,
 * relative, each once, appended to *out.  False when nothing is said of the object.
 */
bool linked_sources(struct bytes deps, const char *object, struct arena *a, struct list *out);

/* Append a text that is not there yet. */
void linked_add(struct list *texts, const char *text, struct arena *a);

#endif
