/* SPDX-License-Identifier: Apache-2.0 */
/* A bill of materials as SPDX 2.3: the same packages, files and relations as a CycloneDX document has. */
#ifndef SPDX_H
#define SPDX_H

#include "arena.h"
#include "err.h"

/*
 * `cyclonedx` has passed sbom_check; `name` is the document's, `epoch` when it was made, `tool_version` that of ms.
 * A file without SHA-1, which SPDX wants, is left out, and of its package is said that its files were not analysed.
 */
int spdx_make(struct bytes cyclonedx, const char *name, uint64_t epoch, const char *tool_version, struct arena *a, struct bytes *out, struct err *e);

#endif
