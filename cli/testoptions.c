/* SPDX-License-Identifier: Apache-2.0 */
#include "testoptions.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "globals.h"
#include "locking.h"
#include "testlists.h"
#include "testwrite.h"

enum { TIMEOUT_SEC = 60, TIMEOUT_OF_SWEEP_SEC = 3600, TIMEOUT_ON_BOARD_SEC = 10, FUZZ_SEC = 60 };

struct test_options test_options;

#define TO(member) &test_options.member
const struct opt test_option_table[] = {
	OPT_TEXT('f', "filter", "PATTERN", TO(run.filter), OPT_ANY, "run only tests whose PROGRAM/TEST holds or matches this"),
	OPT_NUMBER('t', "timeout", "SECONDS", TO(run.timeout_sec), 1, 86400, "end a test program after this time (default: 60, with --faults and --power-cuts 3600); on a board, each test (default: 10)"),
	OPT_NUMBER('j', "jobs", "N", TO(run.jobs), 1, 256, "run N tests of a program at once (default: one for each processor)"),
	OPT_FLAG('l', "list", TO(run.list), "name the tests, one a line, and run none"),
	OPT_NUMBER('r', "repeat", "N", TO(repeat), 1, 1000000, "run all of it N times"),
	OPT_FLAG(0, "until-fail", TO(until_fail), "repeat until something is not as it should be"),
	OPT_TEXT(0, "shuffle", "SEED", TO(shuffle), OPT_ANY, "run programs and tests in an order that this number says; the next round's is one more"),
	OPT_TEXT('o', "report", "FILE", TO(report), OPT_FILE, "write the results to FILE: TAP 14 (.tap), JUnit (.xml) or JSON (.json)"),
	OPT_NUMBER('s', "schedules", "N", TO(run.schedules), 1, 1000000, "run each test in N orders of its services' threads, too"),
	OPT_TEXT(0, "strategy", "NAME", TO(run.strategy), OPT_ANY, "how orders are chosen: random, pct[:DEPTH], dfs[:BOUND] (default: random and pct in turns)"),
	OPT_NUMBER(0, "seed", "SEED", TO(run.schedule_seed), 1, UINT32_MAX, "of the first of these orders, and of --fuzz (default: 1)"),
	OPT_TEXT(0, "replay", "LIST", TO(run.replay), OPT_ANY, "run in the order of threads that a failure named"),
	OPT_FLAG(0, "faults", TO(run.faults), "let each allocation and system call that may fail do so once, one at a time"),
	OPT_TEXT(0, "fault", "LIST", TO(run.fault), OPT_ANY, "let these fail, by the numbers that --faults named"),
	OPT_FLAG(0, "power-cuts", TO(run.power_cuts), "let the power fail at each operation of flash, and look at what is there then"),
	OPT_TEXT(0, "power-cut", "CUT", TO(run.power_cut), OPT_ANY, "let it fail at this one, as --power-cuts named it"),
	OPT_TEXT(0, "on", "BOARD", TO(run.board), OPT_BOARD, "run them on this board, emulated, instead of here; rig:NAME or rig:NAME/BOARD: on one of a rig"),
	OPT_NUMBER(0, "wait", "SECONDS", TO(wait_sec), 1, 86400, "for a rig's board, if others have it (default: 60)"),
	OPT_FLAG(0, "in-process", TO(run.together), "run the tests of a program in one process, with a new device for each: much faster"),
	OPT_FLAG(0, "coverage", TO(coverage), "say which lines of the service ran, and write pages of it to out/test/coverage"),
	OPT_TEXT(0, "fuzz", "NAME", TO(run.fuzz), OPT_ANY, "look for inputs with which tests/fuzz_NAME.c fails, and keep them in tests/corpus/NAME"),
	OPT_NUMBER(0, "time", "SECONDS", TO(run.fuzz_sec), 1, 604800, "for so long (default: 60)"),
	OPT_FLAG('w', "watch", TO(watching), "again whenever a source changes, until Ctrl-C: what is built anew runs"),
	OPT_FLAG(0, "gdb", TO(debugging), "start gdb on the test that --filter names, with commands for services and threads"),
	OPT_FLAG(0, "no-sanitize", TO(no_sanitize), "do not look for bad accesses and undefined behaviour"),
	OPT_FLAG(0, "no-protection", TO(run.open), "do not keep services from memory that is not theirs: faster"),
	OPT_FLAG('a', "all-output", TO(run.all_words), "show what passing tests print, too"),
	LOCKING_OPTIONS,
	OPT_END
};

/* What does not go with what: others are names between blanks. */
static const struct rule {
	const char *option, *others, *because;
} rules[] = {
	{ "on", " coverage gdb watch fuzz no-sanitize no-protection in-process jobs schedules replay faults fault power-cuts power-cut ",
	  "it is for tests on this computer, not on a board" },
	{ "list", " gdb watch fuzz coverage schedules replay faults fault power-cuts power-cut in-process repeat until-fail shuffle report all-output ",
	  "--list names the tests and runs none" },
	{ "gdb", " watch fuzz coverage schedules faults power-cuts in-process repeat until-fail shuffle report ",
	  "--gdb runs one test, once, as a debugger is told to" },
	{ "fuzz", " filter watch coverage schedules replay faults fault power-cuts power-cut in-process repeat until-fail shuffle timeout jobs all-output ",
	  "--fuzz runs one program for as long as --time says, in one process" },
	{ "watch", " coverage repeat until-fail report ", "--watch runs only what was built anew, without an end" },
	{ "in-process", " schedules replay faults fault power-cuts power-cut all-output ", "it needs a process for each test" },
	{ "schedules", " replay faults fault power-cuts power-cut ", "what fails does so in one order of threads" },
	{ "replay", " faults fault power-cuts power-cut ", "what fails does so in the order of threads of a device" },
	{ "faults", " fault power-cuts power-cut ", "one thing fails at a time" },
	{ "fault", " power-cuts power-cut ", "one thing fails at a time" },
	{ "power-cuts", " power-cut ", "it is one of them" },
};

/* What says how something is done that was not asked for. */
static const struct need {
	const char *option, *one_of, *what;
} needs[] = {
	{ "strategy", " schedules ", "says how orders of threads are chosen, and needs --schedules N" },
	{ "seed", " schedules fuzz ", "says where orders of threads or inputs begin, and needs --schedules N or --fuzz NAME" },
	{ "wait", " on ", "says how long a rig's board is waited for, and needs --on rig:NAME" },
	{ "time", " fuzz ", "says how long inputs are made, and needs --fuzz NAME" },
};

static bool is_given(const struct opt *o)
{
	switch (o->kind) {
	case OPT_IS_FLAG: return *(bool *)o->to;
	case OPT_IS_TEXT: return *(const char **)o->to;
	case OPT_IS_NUMBER: return *(uint32_t *)o->to;
	default: return false;
	}
}

/* The first of these that was given, or NULL. */
static const char *given_of(const char *names, struct arena *a)
{
	for (const struct opt *o = test_option_table; o->name; o++)
		if (is_given(o) && strstr(names, arena_printf(a, " %s ", o->name)))
			return o->name;
	return NULL;
}

static bool given(const char *name, struct arena *a)
{
	return given_of(arena_printf(a, " %s ", name), a);
}

static int check_together(struct arena *a, struct err *e)
{
	for (const struct rule *r = rules; r < rules + sizeof(rules) / sizeof(*rules); r++) {
		const char *other = given(r->option, a) ? given_of(r->others, a) : NULL;

		if (!other)
			continue;
		err_set(e, ERR_OPTIONS_DISAGREE, "--%s does not go with --%s: %s", other, r->option, r->because);
		return err_fix(e, "leave out --%s, or --%s", other, r->option);
	}
	for (const struct need *n = needs; n < needs + sizeof(needs) / sizeof(*needs); n++)
		if (given(n->option, a) && !given_of(n->one_of, a))
			return err_set(e, ERR_OPTIONS_DISAGREE, "--%s %s", n->option, n->what);
	if (test_options.debugging && globals.json)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--json does not go with --gdb, which talks to a person");
	return MS_OK;
}

static int check_lists(const struct testrun_options *o, struct err *e)
{
	if (o->replay && !testlist_is_order(o->replay)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' is no order of threads as a failure names one", o->replay);
		return err_fix(e, "as in --replay 12:1,40:2, 'at point 12 the next thread goes on, at point 40 the one after the next'");
	}
	if (o->strategy && !testlist_is_strategy(o->strategy)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' is no strategy", o->strategy);
		return err_fix(e, "random, pct, pct:2 to pct:16, dfs, dfs:1 to dfs:8");
	}
	if (o->power_cut && !testlist_is_cut(o->power_cut)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' is no power cut as --power-cuts names them", o->power_cut);
		return err_fix(e, "as in --power-cut 17.2, operation 17, after some of its bits");
	}
	if (o->fault && !testlist_is_sites(o->fault)) {
		err_set(e, ERR_OPTION_VALUE, "'%s' is no list of sites as --faults names them", o->fault);
		return err_fix(e, "as in --fault 12, or --fault 12,40; at most eight");
	}
	return MS_OK;
}

static int read_shuffle(const char *text, struct testrun_options *o, struct err *e)
{
	char *end;

	if (!text)
		return MS_OK;
	errno = 0;
	unsigned long seed = strtoul(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9' || seed > UINT32_MAX)
		return err_set(e, ERR_OPTION_VALUE, "--shuffle needs a number from 0 to 4294967295, not '%s'", text);
	o->shuffle = true;
	o->seed = (uint32_t)seed;
	return MS_OK;
}

/* Those that we may use. */
static uint32_t processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) ? 1 : (uint32_t)CPU_COUNT(&set);
}

static void choose_what_was_not_said(struct testrun_options *o)
{
	if (!o->jobs)
		o->jobs = processors();
	o->same_seeds = o->schedule_seed && test_options.repeat;
	if (!o->schedule_seed)
		o->schedule_seed = 1;
	if (o->fuzz && !o->fuzz_sec)
		o->fuzz_sec = FUZZ_SEC;
	if (!o->timeout_sec)
		o->timeout_sec = o->fuzz ? o->fuzz_sec + TIMEOUT_SEC : o->board ? TIMEOUT_ON_BOARD_SEC :
				 o->faults || o->power_cuts ? TIMEOUT_OF_SWEEP_SEC : TIMEOUT_SEC;
}

int testoptions_check(struct arena *a, struct err *e)
{
	int rc = check_together(a, e);

	if (rc >= 0)
		rc = check_lists(&test_options.run, e);
	if (rc >= 0)
		rc = read_shuffle(test_options.shuffle, &test_options.run, e);
	if (rc >= 0 && test_options.report)
		rc = testwrite_check(test_options.report, e);
	if (rc >= 0)
		choose_what_was_not_said(&test_options.run);
	return rc;
}
