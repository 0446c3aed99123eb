/* SPDX-License-Identifier: Apache-2.0 */
/* What the bills of materials of a service and of a product have in common. */
#ifndef SBOM_PARTS_H
#define SBOM_PARTS_H

#include <jansson.h>

#include "arena.h"
#include "uuid.h"

/* The property of a file that is not in every executable of a package: names of targets, with blanks between. */
#define SBOM_TARGETS "ms:targets"

json_t *sbom_hashes(const uint8_t sha256[32]);	/* CycloneDX: [ { "alg": "SHA-256", ... } ] */

const char *sbom_time(uint64_t seconds, struct arena *a);	/* "1970-01-01T00:00:00Z" */

/* Give a CycloneDX document a number that is the same for the same content, and different for other content. */
void sbom_number(json_t *json, const uint8_t space[UUID_SIZE], struct arena *a);

struct bytes sbom_text(json_t *json, struct arena *a);	/* of a document, in the arena */

#endif
