/* SPDX-License-Identifier: Apache-2.0 */
/* Do a mirror's pages follow from its log and its packages?  A part of an audit (product/audit_parts.h). */
#ifndef SITE_AUDIT_H
#define SITE_AUDIT_H

#include "audit_parts.h"

/* A mirror that has none is fine; of one that has any each byte counts, and no file is there that follows from nothing. */
int site_audit(struct auditing *d, struct err *e);

#endif
