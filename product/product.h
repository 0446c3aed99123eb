/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The product file, product.yaml: a board and the services that live on it.
 * docs/manifest.md lists its keys; it will hold more.
 */
#ifndef PRODUCT_H
#define PRODUCT_H

#include "parameters.h"
#include "schema.h"
#include "table.h"

#define PRODUCT_FILE "product.yaml"
#define PRODUCT_TRUST_FOLDER "trust"

struct product_service {
	const char *path;		/* absolute: a project's folder; NULL when it is a package */
	const char *package;		/* absolute: a package file; NULL when it is a folder */
	const char *source;		/* absolute: the source package that it was built from here; NULL: it came as it is */
	uint32_t priority, ceiling;	/* 0..31, ceiling >= priority */
	uint32_t quantum_msec;		/* 1..1000 */
	const char *restart;		/* "failure", "never" or "reboot" */
	uint32_t restart_limit;		/* restarts in a row until quarantine, 0: no limit */
	uint32_t backoff_msec;		/* before the first restart */
	struct texts ipc;		/* grants: names of interfaces, or of services, that it may call */
	struct texts devices, shared;	/* grants: names of devices of the board, and of blocks of other services */
	struct texts denies;		/* names of requests that it is not to have */
	struct schema_items parameters;	/* struct parameter_given: what it gets by name */
	const char *reason;		/* why it gets more than services do unasked; NULL: not said */
};

struct product {
	const char *root;		/* absolute path of the folder it is in */
	const char *file;		/* as sentences name it */
	const char *trust;		/* absolute path of its folder of keys (ms product add --trust), which alone are believed then; NULL: it has none */
	const char *name, *vendor;
	const char *version_text;	/* "1.0.0" */
	struct table_version version;
	uint32_t sequence;		/* of its table: a device takes none that is lower than what it has */
	const char *board;		/* "mps2-an386" */
	struct texts overlays;		/* absolute paths of overlays of the board's device tree, in their order */
	const char *console;		/* "log", or the name of the service whose the console is; NULL when not said */
	struct { const char *fault, *refused, *quarantine; } events;	/* "record", "quarantine" (a fault only) or "reset" */
	struct product_service *services;
	uint32_t service_count;		/* 0..64 */
	struct schema_places places;
};

/* Read a product file.  -MS_EPROJECT with file, line, column and fix. */
int product_read(const char *path, struct arena *a, struct product *out, struct err *e);

/* The same from bytes; `file` names them, and paths are relative to the folder it is in. */
int product_decode(struct bytes text, const char *file, struct arena *a, struct product *out, struct err *e);

/*
 * Find its folder of keys beside it, of which product_read has made sure.  Something else in its place is refused (-MS_EFORMAT): without the folder the
 * keys of whoever builds it would be believed.
 */
int product_find_trust(struct product *p, struct arena *a, struct err *e);

/* Put the place of a key ("services[1].priority") on a failure that was set. */
int product_err(const struct product *p, const char *key, struct err *e);

/* All keys, as Markdown. */
char *product_manual(struct arena *a);

#endif
