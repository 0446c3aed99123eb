/* SPDX-License-Identifier: Apache-2.0 */
/* Between the service `stray` and its tests. */
#ifndef STRAY_H
#define STRAY_H

#include <stdint.h>

enum stray_what {
	STRAY_NOTHING, STRAY_READ, STRAY_WRITE, STRAY_CALL, STRAY_DEEPER, STRAY_DIVIDE, STRAY_ILLEGAL, STRAY_ABORT,
	STRAY_LOG, STRAY_RANDOM,
};

extern volatile enum stray_what stray_what;
extern volatile uintptr_t stray_where;
extern const char stray_text[];
extern char stray_data[64];

#endif
