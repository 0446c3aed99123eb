/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a test program tells `ms test`: lines on standard output that begin with
 * a word that was made up for this run, so that nothing a test prints is
 * taken for one.
 *
 *	WORD plan COUNT GROUP		so many tests are going to run
 *	WORD name NAME			of a test that was not to run, but to be listed
 *	WORD begin NAME
 *	WORD phase TEXT			before tests: what is done from now on, if that takes long,
 *	WORD now TEXT			and how far it has come
 *	WORD say TEXT			a line of what it printed; when it did not pass
 *	WORD site ID TEXT		something that was made to fail, and what came of it
 *	WORD trace HASH			of what could be seen of it
 *	WORD end VERDICT USEC REASON	VERDICT by its number, REASON may be empty
 *	WORD done			all of the plan have run
 *
 * begin, say, site, trace and end come for each test of the plan; there may be
 * several plans.  Whatever deviates is no verdict.
 */
#ifndef TESTFRAME_H
#define TESTFRAME_H

/* In the program's environment. */
#define TESTFRAME_WORD "MS_TEST_WORD"		/* the word */
#define TESTFRAME_PROGRAM "MS_TEST_PROGRAM"	/* what the program is called */
#define TESTFRAME_SAY "MS_TEST_SAY"		/* if set, what passing tests print is said, too */
#define TESTFRAME_FILTER "MS_TEST_FILTER"	/* which of its tests run: testframe_wanted */
#define TESTFRAME_LIST "MS_TEST_LIST"		/* if set, tests are named, and none runs: the plan is 0 */
#define TESTFRAME_SHUFFLE "MS_TEST_SHUFFLE"	/* a seed: tests run in the order it says */
#define TESTFRAME_SCHEDULES "MS_TEST_SCHEDULES"	/* so many orders of threads are tried for each test */
#define TESTFRAME_SEED "MS_TEST_SEED"		/* of the first of them */
#define TESTFRAME_STRATEGY "MS_TEST_STRATEGY"	/* how they are chosen: hostsim/search.h */
#define TESTFRAME_FAULTS "MS_TEST_FAULTS"	/* if set, each site of a test fails in turn: hostsim/sweep.h */
#define TESTFRAME_FAULT "MS_TEST_FAULT"		/* these sites fail, in one run */
#define TESTFRAME_POWER_CUTS "MS_TEST_POWER_CUTS"	/* if set, the power fails at each operation of a test's flash: hostsim/cut.h */
#define TESTFRAME_POWER_CUT "MS_TEST_POWER_CUT"	/* at this one */
#define TESTFRAME_JOBS "MS_TEST_JOBS"		/* so many tests run at once, told in their order */
#define TESTFRAME_FUZZ "MS_TEST_FUZZ"		/* so many seconds a fuzzed program makes inputs */
#define TESTFRAME_TOGETHER "MS_TEST_TOGETHER"	/* if set, tests run one after the other in one process */
#define TESTFRAME_REPLAY "MS_TEST_REPLAY"	/* the one order to try: hostsim/schedule.h */
#define TESTFRAME_OPEN "MS_TEST_OPEN"		/* if set, services are not kept from each other's memory and the kernel's */

enum test_verdict {
	TEST_PASSED,
	TEST_FAILED,		/* it ran, and the answer is no */
	TEST_SKIPPED,
	TEST_CRASHED,		/* no answer: ended by a signal, */
	TEST_EXITED,		/* by itself before its end, */
	TEST_TIMED_OUT,		/* or by us */
	TEST_VERDICT_COUNT
};

#endif
