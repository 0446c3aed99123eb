/* SPDX-License-Identifier: Apache-2.0 */
/* The memory that a test is given, and its return after each test. */
#ifndef GIVEN_H
#define GIVEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"

static struct arena arena;

static inline int give_back(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

#endif
