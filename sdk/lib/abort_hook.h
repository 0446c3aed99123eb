/* SPDX-License-Identifier: Apache-2.0 */
/* What abort() does first, for who catches SIGABRT; NULL: nothing. */
#ifndef ABORT_HOOK_H
#define ABORT_HOOK_H

extern void (*abort_hook)(void);

#endif
