/* SPDX-License-Identifier: Apache-2.0 */
/* calls.def as a table by number: shapes[number].kind[0] is ARG_END for a number that is no call. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>

#include <ms/abi/abi.h>

enum argument_kind { ARG_NONE, ARG_VALUE, ARG_LOW, ARG_HIGH, ARG_IN, ARG_OUT, ARG_WORD, ARG_STACK, ARG_CODE };
enum { STOPS = 0 };
struct argument { uint8_t kind; uint16_t value; };	/* of a pointer: the size behind it */
struct shape { uint8_t refusal; struct argument argument[6]; };

#define V(n)	{ ARG_VALUE, n }
#define LOW	{ ARG_LOW, 0 }
#define HIGH	{ ARG_HIGH, 0 }
#define IN(n)	{ ARG_IN, n }
#define OUT(n)	{ ARG_OUT, n }
#define WORD	{ ARG_WORD, 4 }
#define STACK(n) { ARG_STACK, n }
#define CODE	{ ARG_CODE, 2 }
#define SHAPE(name, refusal, ...) __attribute__((unused)) static const struct shape shape_##name = { refusal, { __VA_ARGS__ } };
#include "calls.def"
#undef SHAPE
#undef V
#undef LOW
#undef HIGH
#undef IN
#undef OUT
#undef WORD
#undef STACK
#undef CODE

static const struct shape *const shapes[MS_SYSCALL_END] = {
#define MS_SYSCALL(number, name, arguments, speed, doc) [number] = &shape_##name,
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
};

#endif
