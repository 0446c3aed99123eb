/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What ms-api makes for a project's interfaces that have a C header: the provider's dispatcher, the client's functions, and the
 * fingerprint by which a product sees whether both had the same header.
 *
 *	<folder>/bindings.ninja		when to make what: Ninja runs ms-api when a header, or one that it includes, has changed
 *	<folder>/<interface>_*		made (ms help api, bind)
 */
#ifndef BINDINGS_H
#define BINDINGS_H

#include "project.h"

/*
 * Bring them up to date in `folder` (relative to `root`, in which Ninja runs), and fill in the interfaces' fingerprints.  Nothing
 * for a project without such interfaces.  -MS_EPROJECT with the place in the header; -MS_ETOOL without ms-api.
 */
int bindings_make(const struct project *p, const char *root, const char *folder, struct arena *a, struct err *e);

#endif
