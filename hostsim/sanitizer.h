/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sanitizers must be told, when the program has them: that stacks
 * are switched and that memory is new.  Without them all of this is nothing.
 */
#ifndef SANITIZER_H
#define SANITIZER_H

#include <stdbool.h>
#include <stddef.h>

/* Before and after each switch of stacks; `save` NULL: the one that is left will never be resumed. */
void sanitizer_leave(void **save, const void *stack_low, size_t stack_size);
void sanitizer_arrive(void *saved, const void **left_low, size_t *left_size);

void sanitizer_unpoison(const void *at, size_t size);

/*
 * Has the process leaked memory since it had `before` bytes
 * (sanitizer_allocated)?  Prints the leaks.  Looking for them takes longer than most
 * tests, so it is not done when no more is allocated than before.
 */
size_t sanitizer_allocated(void);
bool sanitizer_leaks(size_t before);

/* Call this when something was found, on the stack where it was; the process ends when it returns. */
void sanitizer_on_finding(void (*f)(void));

#endif
