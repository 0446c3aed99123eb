/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Partition manifests of the PSA Firmware Framework 1.0 and 1.1, JSON, as a
 * project's `psa-manifest` names one: what its author wrote for any
 * implementation of the framework is what our build needs.
 */
#ifndef PARTITION_H
#define PARTITION_H

#include "project.h"

/*
 * Fill what the project in `folder` provides and calls, its memory and its
 * entry point from p->psa_manifest, which becomes the path as sentences name
 * it.  -MS_EPROJECT, with file and line, for what is no such manifest and
 * for what this version cannot give a partition.
 */
int partition_read(const char *folder, struct arena *a, struct project *p, struct err *e);

/* The same from bytes; `file` names them. */
int partition_decode(struct bytes text, const char *file, struct arena *a, struct project *p, struct err *e);

/*
 * Write what runs in place of `main` into `folder`: it opens the regions and calls the entry point or, in the model SFN, for each
 * message the function of its service.  `header` names the partition's own, without ".h".
 */
int partition_entry(const struct project *p, const char *header, const char *folder, struct arena *a, struct err *e);

#endif
