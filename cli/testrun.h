/* SPDX-License-Identifier: Apache-2.0 */
/* Running test programs and telling what came of each test. */
#ifndef TESTRUN_H
#define TESTRUN_H

#include <jansson.h>

#include "arena.h"
#include "err.h"
#include "testfile.h"
#include "testreport.h"

struct testrun_options {
	const char *root;		/* of the project: programs run there */
	const char *board;		/* to run tests on, or "rig:NAME"; NULL: here */
	const char *filter;		/* NULL: all tests */
	uint32_t timeout_sec;		/* for each program */
	bool open;			/* memory is not protected */
	bool together;			/* tests of a program in one process */
	bool all_words;			/* show what passing tests print, too */
	bool keep;			/* all results, for a report */
	bool list;			/* name the tests, run none */
	bool shuffle;			/* run them in the order that `seed` says */
	uint32_t seed;
	uint32_t jobs;			/* so many at once */
	uint32_t schedules, schedule_seed;	/* so many orders of threads for each test, from this seed on; 0: none */
	bool same_seeds;		/* in each round, as the seed was named */
	const char *strategy;		/* how they are chosen, or NULL */
	const char *fuzz;		/* name of the one program that makes inputs, or NULL */
	uint32_t fuzz_sec;		/* for so long */
	const char *replay;		/* the one order to run, or NULL */
	bool faults;			/* each site of a test fails in turn */
	const char *fault;		/* these sites fail, or NULL */
	bool power_cuts;		/* at each operation of flash */
	const char *power_cut;		/* at this one, or NULL */
};

/* One test, or a program that gave no report (name is NULL). */
struct testrun_result {
	const char *program, *name;
	enum test_verdict verdict;
	uint64_t usec;
	const char *reason;		/* "" or why */
	const char *board;		/* where it ran; NULL: here */
	const char *how;		/* options of `ms test` by which it ran so: " --faults"; "" */
	const char *trace;		/* hash of what could be seen of it; NULL: none is known */
	struct list said;		/* what it printed: char * */
};

struct testrun {
	struct testrun_options options;
	const struct project *project;
	struct rigged *rig;		/* whose board it is, or NULL */
	uint32_t planned, ended, count[TEST_VERDICT_COUNT];
	const char *first[TEST_VERDICT_COUNT];	/* of each verdict: "program/test" */
	uint32_t broken;		/* programs whose report is no verdict */
	uint32_t listed;
	struct list results;		/* if they are kept, as they came: struct testrun_result * */
};

/* Can tests of this program be meant by the filter (NULL: all)? */
bool testrun_wants(const char *filter, const char *program, struct arena *a);

/*
 * Run a program to its end and print each test's verdict as it comes.
 * MS_OK whatever the verdicts; -MS_EINTR when the user wants to stop.
 */
int testrun_program(struct testrun *r, const struct test_program *p, struct arena *a, struct err *e);

/* A test has its verdict, or a whole program has none: it is counted, shown, and kept for a report. */
void testrun_count(struct testrun *r, const struct testrun_result *t, struct arena *a);
void testrun_no_verdict(struct testrun *r, const struct testrun_result *whole, struct arena *a);

/* Add a copy of a line that was printed, up to a number that people read. */
void testrun_keep(struct list *lines, const char *line, struct arena *a);

/* Which options make a test the same again: " --faults", or "". */
const char *testrun_how(const struct testrun_options *o, struct arena *a);

/* Print one result, for a person and for --json (testview.c). */
void testview_result(const struct testrun_result *r);
void testview_site(const struct testrun_result *r, const char *id, const char *what, bool shown, const char *option);
void testview_program(const char *name);
void testview_phase(const char *program, const char *what);
json_t *testview_json(const struct testrun_result *r);
void testview_name(const char *program, const char *test);

/* Did it not get to be a pass or a skip? */
bool testrun_is_bad(const struct testrun_result *r);

#endif
