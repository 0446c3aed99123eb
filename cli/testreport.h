/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading what a test program tells (base/testframe.h), strictly: whatever is
 * not as it must be makes the whole report worthless.
 */
#ifndef TESTREPORT_H
#define TESTREPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "testframe.h"

enum { TESTREPORT_WORD_SIZE = 33, TESTREPORT_NAME_SIZE = 256 };

enum testreport_event {
	TESTREPORT_OTHER,	/* no line of the report: the program's own words, in text */
	TESTREPORT_PLAN,
	TESTREPORT_NAME,	/* a test called name is listed */
	TESTREPORT_BEGIN,	/* of the test in name */
	TESTREPORT_PHASE,	/* text: what it does from now on */
	TESTREPORT_NOW,		/* text: how far it has come */
	TESTREPORT_SAY,		/* text */
	TESTREPORT_SITE,	/* text: its name, and what came of it */
	TESTREPORT_TRACE,	/* text: the hash of the test's run */
	TESTREPORT_END,		/* verdict, usec, text: the reason */
	TESTREPORT_DONE,
	TESTREPORT_GARBLED,	/* this line cannot be here */
};

struct testreport {
	char word[TESTREPORT_WORD_SIZE];
	bool garbled;
	bool in_plan, in_test;
	uint32_t plans, planned, ended;	/* planned and ended: tests of all plans so far */
	uint32_t left;			/* of the present plan */

	/* of the last line */
	char name[TESTREPORT_NAME_SIZE];
	const char *text;		/* in the line */
	enum test_verdict verdict;
	uint64_t usec;
};

/* Begin; `word` is what the program was told. */
void testreport_init(struct testreport *r, const char *word);

enum testreport_event testreport_line(struct testreport *r, const char *line);

/* The test that is running will not end by itself: it counts as ended. */
void testreport_close_test(struct testreport *r);

/* NULL when the report is whole, else what is wrong with it. */
const char *testreport_fault(const struct testreport *r);

/* "passed", "timed out" */
const char *test_verdict_text(enum test_verdict v);

#endif
