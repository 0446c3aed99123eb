/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX licence expressions (SPDX 2.3, annex D): "Apache-2.0", "(MIT OR BSD-3-Clause) AND Zlib". */
#ifndef LICENSE_H
#define LICENSE_H

#include "err.h"

/* Is the text well-formed?  Whether such a licence is on SPDX's list is not looked up.  -MS_EINVAL with the sentence and the fix. */
int license_check(const char *text, struct err *e);

#endif
