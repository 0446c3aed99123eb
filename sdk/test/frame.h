/* SPDX-License-Identifier: Apache-2.0 */
/* What `ms test` hears: frames (ms/abi/boardtest.h), from any thread but one at a time. */
#ifndef FRAME_H
#define FRAME_H

#include <stdarg.h>

#include <ms/abi/boardtest.h>

extern const volatile struct ms_boardtest_orders boardtest_orders;

/* Say one text, however long the log's lines are; waits while the log is full. */
void frame_tell(const char *text);
void frame_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Several lines become several `say`s. */
void frame_say(const char *format, va_list args);

#endif
