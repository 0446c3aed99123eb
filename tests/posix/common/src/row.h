/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What POSIX says of each function, and a function that tries it.  A line for each row is told:
 *
 *	row pthread_join ESRCH: ok a_thread_is_joined_once
 *	row pthread_join ESRCH: wrong at 123 a_thread_is_joined_once
 */
#ifndef ROW_H
#define ROW_H

/* 0, or the line where it was not as POSIX says. */
typedef int attempt(void);

struct row { const char *function, *what; attempt *shown_by; const char *name; };
#define ROW(function, what, attempt) { #function, what, attempt, #attempt }
#define ROWS_END { 0 }

/* In an attempt. */
#define MUST(condition) do { if (!(condition)) return __LINE__; } while (0)

/* Try them, table by table, and tell what came. */
void tell_rows(const struct row *const tables[], unsigned count);

#endif
