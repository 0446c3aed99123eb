/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `ms run` puts on a board: services from projects, packages or a
 * product file, built, placed and signed into one device image.
 */
#ifndef PLAN_H
#define PLAN_H

#include "crash.h"
#include "device.h"
#include "product.h"
#include "project.h"
#include "toolchain.h"

struct plan;
struct plan_options {
	const char *board;	/* NULL: the product file's, or the default one */
	const char *cc;		/* as in build_options */
	bool release;
	bool over_budget;	/* also what takes more than its project's budget */
	bool trace;		/* with the runtime's trace build */
	uint32_t variant;	/* of the placement; 0 is the tightest */
	bool room;		/* keep some beside each service, so that a larger one can take its place (device_change.h) */
	const struct plan *beside;	/* with room: what runs now, whose places are kept; NULL: nothing */
	bool strict;		/* of a product: nothing is granted by silence, nothing is raised without a reason (product_check.h) */
	bool unfilled;		/* of a product: parameters stay away, whatever it says of them */
	bool may_be_empty;	/* of a product: it need not have services yet; for plan_product alone */
	const char *key;	/* file of the private key that signs the table; NULL: this person's as an integrator */
};

struct plan {
	const char *root;	/* folder of the product, or of the first project */
	const char *folder;	/* out/run of the product, or of the first project */
	bool trace, room;	/* as it was asked for */
	const char *key;	/* likewise */
	const struct plan *beside;	/* likewise */
	const struct product *product;	/* NULL: there is no product file */
	struct sdk sdk;
	struct board board;
	struct device device;
	struct list services;		/* struct plan_service *, in the order of device.services */
	struct crash_sources symbols;
	const char *flash;		/* file of the device image */
	struct bytes image;		/* the device image itself */
};

struct plan_service {
	struct device_service device;
	const char *folder;		/* of its project, or where its package is */
	const char *debug;		/* ELF file with its symbols */
	struct bytes elf;		/* of a package: to be written there; else empty */
	const char *sealed;		/* of a project: its ELF file as it is signed */
	uint32_t parameters;		/* where in its image the room for them is; 0: nowhere */
	struct bytes sbom;		/* of a package */
	uint8_t target, package_sha256[32];	/* likewise */
	const uint8_t *source_sha256;	/* of the source package that it was built from here; NULL: none */
};

/*
 * Make everything ready for the emulator.  `operands` are folders of projects,
 * one folder of a product, or packages; none: this folder.
 */
int plan_make(char *const operands[], int count, const struct plan_options *o, struct arena *a,
	      struct plan *out, struct err *e);

/*
 * The same in two steps, for projects that were read already; the first one's service is services.at[0]. What is in
 * `device` of a service may be changed before plan_finish, which may be called again after another change.
 */
int plan_projects(const struct project *first, const struct list *others, const struct plan_options *o, struct arena *a,
		  struct plan *out, struct err *e);
int plan_finish(struct plan *p, struct arena *a, struct err *e);

/* Which board operands as those of plan_make want: `asked`, or else the product's; NULL: whichever there is. */
const char *plan_wanted_board(char *const operands[], int count, const char *asked, struct arena *a);

/* What a service is called on a board where `count` others have these names: the second hello is hello-2. */
const char *plan_own_name(const char *const *names, size_t count, const char *name, struct arena *a);

/* Only what the product in a folder consists of, verified and, where it is a project, built: the first part of plan_make. */
int plan_product(const char *folder, const struct plan_options *o, struct arena *a, struct plan *out, struct err *e);

/* Place and sign it: the first part of plan_finish, which writes nothing.  `flash` NULL: all but the signature, for which no key is needed. */
int plan_device(struct plan *p, struct arena *a, struct bytes *flash, struct err *e);

#endif
