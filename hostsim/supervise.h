/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests under `ms test`: each in a child process of its own, so that one that
 * crashes, loops or exits says so about itself and about no other.
 */
#ifndef SUPERVISE_H
#define SUPERVISE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "testframe.h"

struct group {
	const char *name;
	CMFixtureFunction setup, teardown;
};

/* How a child says what came of its test: one of these through a pipe, at most PIPE_BUF. */
enum outcome_kind { OUTCOME_VERDICT, OUTCOME_SANITIZER, OUTCOME_CRASH, OUTCOME_STUCK };
struct outcome {
	enum outcome_kind kind;
	enum test_verdict verdict;	/* of OUTCOME_VERDICT */
	int signal;			/* of OUTCOME_CRASH */
	uintptr_t pc;			/* in the program's own code, where it stood; 0 */
	char service[64];		/* that ran then, or "" */
	unsigned thread;		/* of it */
	uint32_t faults;		/* of services, so far */
	uintptr_t fault_pc;		/* of the last: where, */
	const char *fault_service, *fault_cause;	/* whose and why */
	bool ended;			/* did the test come to its end? */
	uint64_t heap;			/* bytes that services had taken then */
};

/* In the child: get ready to report.  Then the verdicts of tests, without what a sanitizer has to say at their end. */
void onetest_begin(int report);
enum test_verdict onetest_verdict(const struct group *g, const struct CMUnitTest *test);

/* In the child: run one test of a group and report.  Does not return. */
_Noreturn void onetest_run(const struct group *g, const struct CMUnitTest *test, int report);

/* A function in a process of its own, by whoever decides what to run and tells of it as of a program's only test (fuzz.c). */
struct supervise_attempt {
	const char *name;
	void (*run)(void **state);
	void (*tick)(void);		/* called some times a second while it runs, or NULL */
	uint64_t usec;			/* of all of them */
	char reason[600];		/* of the last */
};
enum test_verdict supervise_attempt(struct supervise_attempt *a);

/* The frames of it: the text is the reason of a pass, and the first line of what is said otherwise. */
void supervise_begin(const char *word, const char *name);
void supervise_tell(const char *word, const struct supervise_attempt *a, enum test_verdict v, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void supervise_end(const char *word);

#endif
