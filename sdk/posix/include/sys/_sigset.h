/* SPDX-License-Identifier: Apache-2.0 */
/* In the place of the C library's, whose type has no room for real-time signals. */
#ifndef MS_SYS_SIGSET_H
#define MS_SYS_SIGSET_H

typedef unsigned long long __sigset_t;		/* bit n is signal n */

#endif
