/* SPDX-License-Identifier: Apache-2.0 */
/* Frames (base/testframe.h) to `ms test`, each of which begins with this run's word. */
#ifndef TELL_H
#define TELL_H

/* One frame, at once.  What it carries is one line already. */
void tell(const char *word, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Likewise, together with others: at the latest when tell_waiting, or the next tell, is called. */
void tell_later(const char *word, const char *format, ...) __attribute__((format(printf, 2, 3)));
void tell_waiting(void);

#endif
