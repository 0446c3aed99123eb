/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a test program whose simulation cannot go on: never for input, nor for what a service or test does wrong. */
#ifndef PANIC_H
#define PANIC_H

_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void panic_errno(const char *what);

#endif
