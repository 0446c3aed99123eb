/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device image: runtime, provisioning sector, signed table and services,
 * all of a board's flash (docs/formats.md 5 to 7).
 */
#ifndef DEVICE_H
#define DEVICE_H

#include "devtree.h"
#include "fixed.h"
#include "image.h"
#include "key.h"
#include "layout.h"
#include "manifest.h"
#include "schema.h"
#include "table.h"

struct device_service {
	/* given */
	const char *name;		/* as its log lines will name it */
	struct bytes image;
	const struct image *described;	/* what its image will say of itself, where that is not here yet (fit.h): for device_check alone; NULL: it is here */
	struct table_version version;
	uint32_t security_counter;
	const uint8_t *signer;		/* 32 bytes: thumbprint of the developer's key */
	uint16_t flags;			/* TABLE_START, TABLE_FPU */
	uint8_t priority, ceiling;	/* 0..31 */
	uint16_t quantum_msec;
	uint8_t restart, restart_limit;
	uint16_t backoff_msec;
	const struct manifest *manifest;	/* its executable's; NULL: it takes no part in messages */
	const struct texts *granted;	/* names of interfaces, or of services for all of theirs, that it may call; NULL: all that it requests */
	const struct texts *granted_devices, *granted_shared;	/* names of what it requests; NULL: all */
	const struct texts *denied;	/* names of what it requests and is not to have; NULL: none */
	const struct schema_places *asked_at;	/* in its project's ms.yaml; NULL: nothing to point at */
	const struct schema_places *granted_at;	/* in the product's file, under `entry` ("services[1]"); NULL: no such file */
	const char *entry;
	struct overlay *overlays;	/* of the board's tree, that came with it (devtree.h) */
	uint32_t overlay_count;
	struct bytes fixed;		/* its executable, where it is linked for its place; else empty.  What was filled into `image` since stays */
	uint32_t flash_room, ram_room;	/* bytes kept for it, the first a power of two (device_change.h); 0: as many as it needs */
	/* decided by device_build */
	uint32_t id;			/* of one with interfaces: interface_service_id; of others 1.. in the order given */
	struct layout_item at;
	struct image header;
	struct fixed_place place;	/* of one that is linked for it */
	struct bytes linked;		/* the image that came of it; else empty */
};

/* What lies in flash. */
struct bytes device_service_image(const struct device_service *s);

/* Priority 8, ceiling 16, 10 ms quantum, started at boot, restarted after a failure (100 ms, 5 times): what `ms run` gives without a product file. */
void device_service_default(struct device_service *s);

/* A block of shared memory: its owner, its borrower or NULL, where it lies, and the rights of the borrower. */
struct device_block {
	const struct device_service *owner, *borrower;
	const struct manifest_mapped *what;
	uint32_t local, borrower_local;
	bool write;
	struct layout_item at;
};

/* What a service asks for, by name; kind: DEVICE_INTERFACE, "device" or "shared memory". */
#define DEVICE_INTERFACE "interface"
struct device_request { const struct device_service *service; const char *kind, *name; };

/* What device_build has to say: texts, each a sentence. */
struct device_talk {
	struct list warnings;		/* what was requested and is not granted */
	struct list undecided;		/* struct device_request *: what was requested, and is neither granted nor denied, though it cannot do without */
	struct list granted;		/* where nothing was said about grants: what follows from the requests */
};

struct device {
	const struct board *board;
	const char *vendor;		/* of the product */
	const char *fixed_script;	/* the SDK's fixed.ld; needed where a service is linked for its place */
	struct bytes runtime;		/* its flat binary, to lie at the board's runtime partition */
	struct device_service *services;
	uint32_t service_count;
	uint16_t policies;		/* of events: table_policy */
	const char *console;		/* as the product says: "log", or the service whose the console is; NULL: nothing is said, a grant of the device decides */
	const struct schema_places *said_at;	/* the product's file; NULL: there is none */
	struct overlay *overlays;	/* the product's, of the board's tree, in their order */
	uint32_t overlay_count;
	uint32_t sequence;
	uint32_t variant;		/* for layout_place */
	bool strict;			/* refuse (-MS_ESIGNATURE) what is undecided */
	/* decided by device_build */
	struct device_talk talk;
	uint32_t table_size, provision_size;	/* bytes of flash */
	uint32_t rule_count;		/* of the table */
	struct bytes table;		/* by device_build alone: as it is signed, without the signature */
	struct device_block blocks[TABLE_SHARED_MAX];
	uint32_t block_count;
	struct devtree tree;
};

/*
 * Place, describe, sign (by the integrator's key) and assemble.  *flash is
 * the bytes from the flash base on, up to the end of the last service.
 * -MS_EINCOMPATIBLE when a service does not run on this board, does not fit, is
 * granted what nobody provides, or cannot be linked for its place.
 */
int device_build(struct device *d, const struct key *integrator, struct arena *a, struct bytes *flash, struct err *e);

/* The same without a key, and without an image: all that can be refused, and everything decided but the signature. */
int device_check(struct device *d, struct arena *a, struct err *e);

#endif
