/* SPDX-License-Identifier: Apache-2.0 */
/* Which form of an answer is wanted: a request's Accept (RFC 9110, 12.5.1). */
#ifndef ACCEPT_H
#define ACCEPT_H

#include <stdbool.h>

/* How much it wants a media type, "text/html", in thousandths: of the range that names it most exactly.  0: not; NULL and "" want all, 1000. */
int accept_quality(const char *accept, const char *type);

/* Does it want `type` more than `other`?  Not if it wants both alike, as who does not say what. */
bool accept_prefers(const char *accept, const char *type, const char *other);

#endif
