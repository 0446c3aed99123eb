/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A product as a frame into which a service is to fit (fit.h), told as JSON to a store that does the looking: the board, and of each service its facts
 * (storefacts.h), with what it was granted and denied.
 *
 *	{"board": "mps2-an386", "console": "log", "overlays": ["base64"],
 *	 "services": [{"vendor": "example.org", "name": "server", "version": "1.0.0", "as": "server", "abi": ..., "grants": {"ipc": [], "devices": [], "shared": []}, "denies": []}]}
 */
#ifndef FITFRAME_H
#define FITFRAME_H

#include "fit.h"

/* Of a device whose services were not checked yet. */
json_t *fitframe_json(const struct device *d, struct arena *a);

/* What a service needs that nobody there has: [{"kind": "ipc", "name": "adder", "weak": false}]. */
json_t *fitframe_needs(const struct fit *fit);

/* The board of a name, or NULL. */
typedef const struct board *fitframe_board(void *context, const char *name);

/* Read one, which may be anybody's.  -MS_EFORMAT (ERR_FIT_FRAME) naming what is not as written above; *out may then be given to fit_look. */
int fitframe_read(const json_t *o, fitframe_board *board, void *context, struct arena *a, struct device *out, struct err *e);

#endif
