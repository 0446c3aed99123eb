/* SPDX-License-Identifier: Apache-2.0 */
/* What system this is (IEEE 1003.1). */
#ifndef MS_SYS_UTSNAME_H
#define MS_SYS_UTSNAME_H

#ifdef __cplusplus
extern "C" {
#endif

struct utsname { char sysname[20], nodename[12], release[12], version[12], machine[12]; };

int uname(struct utsname *u);		/* 0 */

#ifdef __cplusplus
}
#endif

#endif
