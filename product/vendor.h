/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vendor/: copies of what a project takes from its neighbours, each under the name of the neighbour's folder: its ms.yaml, the
 * headers of its interfaces and its licence.  That is no project to build, but all that a client's build needs.
 *
 *	vendor/.ms-vendor	says that all in the folder was put there by ms
 *	vendor/adder/ms.yaml
 *	vendor/adder/include/adder.h
 *
 * A product's vendor/ holds its packages.
 */
#ifndef VENDOR_H
#define VENDOR_H

#include "archive.h"
#include "dependencies.h"

/*
 * Keep others from changing vendor/ of the project, or product, in that folder: of two who do so at once one waits.  A descriptor, for file_unlock, or negative.
 * The two that make all of it new do so by themselves.  Under it, what one who was killed has left there half made is removed.
 */
int vendor_lock(const char *root, struct err *e);

/*
 * Make vendor/ of a project hold just these dependencies (struct dependency *); what is a copy already stays.  *copied: how many
 * projects.  -MS_EPROJECT when two have folders of the same name, or when vendor/ is somebody else's.
 */
int vendor_update(const struct project *p, const struct list *dependencies, struct arena *a, uint32_t *copied, struct err *e);

/*
 * Put these files (struct archive_file *, named below it) there as the provider `name`, whole or not at all, in place of what was there; others stay.  Under vendor_lock.
 */
int vendor_put(const char *root, const char *name, const struct list *files, struct arena *a, struct err *e);

/* As vendor_update for a product in the folder `root`: files (texts, absolute), each under its own name. */
int vendor_files(const char *root, const struct list *files, struct arena *a, uint32_t *copied, struct err *e);

#endif
