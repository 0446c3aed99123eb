/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interfaces: what a service lets others call by messages, and what it calls
 * itself (docs/messages.md).  PSA FF-M calls each of them an RoT service.
 *
 * Its author names them in ms.yaml; what C sources see of that are the headers
 * psa_manifest/sid.h, pid.h and <service>.h, which interface_headers writes.
 */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "arena.h"
#include "err.h"
#include "manifest.h"
#include "schema.h"

struct project;

struct interface {
	const char *name;		/* NULL in a request that names a service only */
	const char *from;		/* that: "vendor/name" or a folder; NULL otherwise */
	const char *header;		/* the C header that declares its functions, relative to the project, absolute once resolved from a neighbour; NULL: none */
	struct bytes fingerprint;	/* of that header, once its bindings were made (cli/bindings.h) */
	uint32_t sid, version;		/* from 1; 0 where the request leaves it to the provider */
	const char *policy;		/* "strict" or "relaxed"; of what is provided */
	bool connections;		/* false: stateless */
	bool weak;			/* requested: it can do without */
	uint32_t item;			/* in its list of ms.yaml */
};

/* The rows of 'provides' and of 'requests: ipc' of ms.yaml, each for a struct interface. */
extern const struct schema interface_provided[], interface_requested[];

/* Rules between the items of both lists: -MS_EPROJECT with the place. */
int interface_check(const struct project *p, struct arena *a, struct err *e);

/* A source that ms makes for an interface with a header, of the side that the project has: "out/include/adder_client.c". */
char *interface_source(const struct interface *n, bool provided, struct arena *a);

/* Is this source the client's side of one?  In tests a mock may stand in its place: its functions are weak there. */
bool interface_is_client(const struct project *p, const char *source, struct arena *a);

/* A name as part of one in C: HELLO_WORLD for "hello-world". */
char *interface_word(const char *name, struct arena *a);

/* The number of a service in all products, which follows from its component's UUID: what pid.h says of it.  256 to 2^31 - 1. */
uint32_t interface_service_id(const uint8_t component[16]);

/* Does this service provide or call anything? */
bool interface_any(const struct project *p);

/* Where a build has the headers, relative to the project. */
#define INTERFACE_FOLDER "out/include"

/*
 * The source of a partition whose entry point is not main: it calls it
 * (likewise).  Is there one?
 */
#define INTERFACE_ENTRY_FILE "psa_entry.c"
#define INTERFACE_ENTRY INTERFACE_FOLDER "/" INTERFACE_ENTRY_FILE
bool interface_entry(const struct project *p);

/* Write all of that into `folder` (absolute), each file only if it changes.  All requests were resolved.  Nothing for a service without interfaces. */
int interface_headers(const struct project *p, const char *folder, struct arena *a, struct err *e);

/* Both lists as the package's manifest has them; *m had none. */
void interface_fill(const struct project *p, struct manifest *m);

#endif
