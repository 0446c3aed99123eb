/* SPDX-License-Identifier: Apache-2.0 */
/* Memory locking (IEEE 1003.1, options ML and MLR): memory never leaves its place here, so nothing is done.  Blocks that services share are in <ms/shared.h>. */
#ifndef MS_SYS_MMAN_H
#define MS_SYS_MMAN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MCL_CURRENT 1
#define MCL_FUTURE 2

int mlock(const void *at, size_t size);		/* 0; -1 and ENOMEM: it would end behind the last address */
int munlock(const void *at, size_t size);	/* likewise */
int mlockall(int flags);			/* -1 and EINVAL: neither of the two, or others */
int munlockall(void);				/* 0 */

#ifdef __cplusplus
}
#endif

#endif
