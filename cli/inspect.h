/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What files of ours say, without believing a word: each function gives an
 * object of facts, for people and programs alike.  What cannot be read is a
 * fact too ("problem").  Whatever the bytes are, these end well.
 */
#ifndef INSPECT_H
#define INSPECT_H

#include <jansson.h>

#include "arena.h"
#include "board.h"
#include "err.h"
#include "manifest.h"

json_t *inspect_image(struct bytes content, struct arena *a);
json_t *inspect_elf(struct bytes content, struct arena *a);
json_t *inspect_package(struct bytes content, struct arena *a);
json_t *inspect_device(struct bytes content, const struct board *b, struct arena *a);
json_t *inspect_table(struct bytes content, struct arena *a);
json_t *inspect_provision(struct bytes content, struct arena *a);
json_t *inspect_signature(struct bytes content, struct arena *a);
json_t *inspect_key(const char *path, struct arena *a);

/* Print the bill of materials that a package holds, the bytes that are in it or the same as SPDX 2.3.  -MS_EFORMAT when there is no sound one. */
int inspect_sbom(struct bytes package, const char *path, bool as_spdx, struct arena *a, struct err *e);

/* Parts of the above, also of each other. */
json_t *inspect_manifest(const struct manifest *m, struct arena *a);

/* Values: bytes that may be no text, hexadecimal digits, an address. */
json_t *fact_text(struct bytes b, struct arena *a);
json_t *fact_hex(const uint8_t *at, size_t size, struct arena *a);
json_t *fact_sha256(struct bytes b, struct arena *a);
json_t *fact_address(uint32_t v, struct arena *a);
json_t *fact_version(const struct table_version *v, struct arena *a);

#endif
