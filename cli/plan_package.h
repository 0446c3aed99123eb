/* SPDX-License-Identifier: Apache-2.0 */
/* A package as a source of a service for a board. */
#ifndef PLAN_PACKAGE_H
#define PLAN_PACKAGE_H

#include "archive.h"
#include "device.h"
#include "err.h"
#include "lock.h"
#include "product.h"
#include "toolchain.h"

struct plan_package {
	const char *name;
	struct bytes elf;		/* its ELF file */
	struct bytes image;
	struct table_version version;
	uint32_t security_counter;
	const uint8_t *signer;		/* 32 bytes */
	bool fpu;
	const struct manifest *manifest;
	uint8_t target;			/* of the ELF file */
	struct bytes sbom;
	struct overlay *overlays;	/* of the device tree */
	uint32_t overlay_count;
	uint8_t sha256[32];		/* of the package */
};

/* Read a package and believe it, or not (archive_verify), by the keys in the folder `trust`, NULL: by the person's.  `package` may be NULL. */
int plan_package_verify(const char *path, const char *trust, struct arena *a, struct bytes *package, struct archive_report *out, struct err *e);

/* Which of its executables is best for the board; -MS_EINCOMPATIBLE when none runs there. */
int plan_package_best(const struct manifest *m, const char *path, const struct board *b, struct err *e);

/* A package of a product was refused: where the product names it, and what to do about it there.  Returns e->code. */
int plan_package_refused(const struct product *p, uint32_t i, struct arena *a, struct err *e);

/* The board of a product; -MS_EPROJECT with its place when there is none of that name. */
int plan_board(const struct sdk *s, const struct product *p, struct arena *a, struct board *out, struct err *e);

/*
 * Verify a package, take the ELF that is best for the board and make its
 * image.  -MS_ESIGNATURE when it is not to be believed, -MS_EINCOMPATIBLE
 * when it holds nothing that runs on the board.
 */
int plan_package_open(const char *path, const char *trust, const struct board *b, struct arena *a, struct plan_package *out, struct err *e);

/*
 * Believe the source package of a service that has one, and that it promises the package at hand, which has this SHA-256.
 * *sha256 is its own.  -MS_ESIGNATURE.
 */
int plan_package_source(const struct product *p, const struct product_service *s, const uint8_t package[32], struct arena *a, const uint8_t **sha256, struct err *e);

/* Where a package of a product is read: in its vendor/ if it is there, or must be (dependencies.h); else where the product says. */
const char *plan_package_path(const struct product *p, const char *package, struct arena *a);

/* The product's packages, each verified, and its runtime as its product.lock has them; a struct product. */
int plan_package_lock(const void *product, struct arena *a, struct lock *out, struct err *e);

#endif
