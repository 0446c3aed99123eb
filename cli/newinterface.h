/* SPDX-License-Identifier: Apache-2.0 */
/* The projects of `ms new --interface` and `ms new --uses`: what a template cannot know, since it comes from a header. */
#ifndef NEWINTERFACE_H
#define NEWINTERFACE_H

#include "arena.h"
#include "err.h"

struct newinterface {
	const char *name, *vendor;	/* of the project */
	const char *header;		/* absolute: the interface */
	/* of a client: */
	const char *uses;		/* the provider's folder, absolute; NULL: this project is the provider */
	const char *from;		/* the same as the new project sees it */
	const char *interface;		/* its name, and its provider's */
	const char *provider;
	const char *ipc;		/* of a package: what a client says in requests: ipc; NULL: the folder */
	const char *fingerprint;	/* likewise: of its header, as it was signed */
	struct list headers;		/* likewise: struct archive_file *, all that it has */
};

/* Find out what a client of the project in this folder needs: its first interface that has a header.  -MS_EPROJECT when there is none. */
int newinterface_find(const char *folder, struct arena *a, struct newinterface *out, struct err *e);

/*
 * The same of a package: its first interface that was made of a header, which it carries as include/<interface>.h.  -MS_ESIGNATURE when it is
 * not to be believed.
 */
int newinterface_find_package(const char *path, struct arena *a, struct newinterface *out, struct err *e);

/* Write the project into `folder`, which is a template's `add` (template.h); `context` is a struct newinterface. */
int newinterface_add(const char *folder, const void *context, struct arena *a, struct list *files, struct err *e);

#endif
