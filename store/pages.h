/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store's pages: HTML without a script, made from the JSON that programs get at the same address.  The templates lie in
 * store/pages and are part of the program (pages.def).
 */
#ifndef PAGES_H
#define PAGES_H

#include "template.h"

/* What a browser must be told with each page: nothing is loaded that is not the store's own, no script runs, nobody frames it. */
#define PAGES_POLICY "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* The page `name` of pages.def for its twin; `data` has all that the template names (tests/store/pages shows each). */
int pages_render(const char *name, const json_t *data, struct arena *a, struct text *out, struct err *e);

/* A file that pages refer to, "style.css": its bytes, valid for ever, and its media type; false if there is none. */
bool pages_file(const char *name, struct bytes *content, const char **type);

#endif
