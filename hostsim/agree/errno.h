/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In a test errno is that of the service under test, and an error's name is the device's number: ETIMEDOUT is 116
 * there, and 110 on a PC.  What the PC's own functions leave in errno is not seen; they say it by perror and by %m.
 */
#include_next <errno.h>

#ifdef EDOM
#include <ms/device_errno.h>

int *ms_lent_ms_errno_location(void);
#undef errno
#define errno (*ms_lent_ms_errno_location())
#endif
