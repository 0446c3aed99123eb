/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of crash.c: whose stack a fault has used up. */
#ifndef CRASH_STACK_H
#define CRASH_STACK_H

#include "crash.h"

void crash_note_stack(const struct crash_service *s, const struct console_fault *f, struct crash_place *out);

#endif
