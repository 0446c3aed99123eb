/* SPDX-License-Identifier: Apache-2.0 */
/* A misuse by the test: the cmocka test that runs fails, here and now. */
#ifndef COMPLAIN_H
#define COMPLAIN_H

_Noreturn void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
