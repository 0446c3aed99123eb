/* SPDX-License-Identifier: Apache-2.0 */
/* A developer's package again, from what was built elsewhere and the signatures that a source package holds. */
#ifndef ARCHIVE_RESTORE_H
#define ARCHIVE_RESTORE_H

#include "archive.h"
#include "source_manifest.h"

/*
 * `rebuilt` is a package of the same source, signed by whomever; `m` is s->package, decoded.  With the developer's signatures in
 * place of its own it is *package, byte for byte what the developer signed, unless something is added to *differences (const char *: a
 * member and how it differs).  Whether the signatures are good is left to archive_verify.
 */
int archive_restore(const struct source_manifest *s, const struct manifest *m, struct bytes rebuilt, struct arena *a,
		    struct bytes *package, struct list *differences, struct err *e);

/* A copy of an executable without its signature: whoever signs, the rest has to be the same. */
int archive_unsigned(struct bytes elf, const char *name, struct arena *a, struct bytes *out, struct err *e);

#endif
