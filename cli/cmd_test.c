/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "bindings.h"
#include "boardrun.h"
#include "builder.h"
#include "buildtree.h"
#include "cmd.h"
#include "coverage.h"
#include "file.h"
#include "ninja.h"
#include "process.h"
#include "rigged.h"
#include "seeded.h"
#include "testdebug.h"
#include "testinput.h"
#include "testoptions.h"
#include "testrun.h"
#include "testwatch.h"
#include "testwrite.h"
#include "version.h"

static const struct example examples[] = {
	{ "ms test", "build and run all tests of the service in this folder" },
	{ "ms test --filter cut", "only the tests with 'cut' in their name" },
	{ "ms test --filter 'test_greeting/*'", "all tests of one program" },
	{ "ms test --shuffle 1 --until-fail", "again and again, each time in another order" },
	{ "ms test --schedules 200", "look for an order of threads in which a test fails" },
	{ "ms test --watch", "again whenever a source changes" },
	{ "ms test --in-process", "thousands of small tests, in a moment" },
	{ "ms test --faults", "what becomes of each test when something fails" },
	{ "ms test --power-cuts", "what is in the flash when the power fails, at each moment" },
	{ "ms test --coverage", "which lines of the service the tests run" },
	{ "ms test --fuzz frame --time 600", "inputs that nobody thought of, for ten minutes" },
	{ "ms test --on mps2-an505", "the same tests on a board" },
	{ "ms test --on rig:desk", "on a board that the rig 'desk' lends" },
	{ "ms test --gdb --filter test_greeting/it_greets", "a debugger on one test" },
	{ "ms test --report results.xml", "results that a CI server reads" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "service or tests do not build, use what a device does not have, or there are no tests" },
	{ 4, "tests ran and failed" },
	{ 5, "there is no verdict: a test crashed, ended the program, took too long, or the report is not whole" },
	{ 6, "the compiler, ninja, cmocka, the emulator or the SDK is missing" },
	{ 8, "tests and service do not fit on the board" },
	{ 9, "trouble with a rig or the way to it, which says nothing about the tests" },
	{ 10, "the rig does not know this user" },
	{ 0, NULL }
};

const struct page page_test = {
	.options = test_option_table,
	.complete = OPT_FOLDER,
	.about = "Builds the service of the project in DIR (default: here) for this computer, and each tests/test_*.c as a "
		 "program that can call the service's functions, switch on a simulated device and run the service's main on it, with "
		 "the same runtime as on a board, the device's C library and virtual time (<ms/sim.h>).\n\n"
		 "Each test runs in a process of its own (with --in-process: with a device of its own) and has its own verdict. Bad accesses to memory, undefined "
		 "behaviour and leaks are looked for, in service and test. What a service uses and a device does not have is an error.\n\n"
		 "With --on the same tests run on an emulated board, as a service of their own, each in a start of its own.\n\n"
		 "A file tests/fuzz_NAME.c has a function fuzz(data, size), which --fuzz gives inputs that it makes; what it found before runs with all tests.\n\n"
		 "Other files of tests/ are linked into each program. Each folder of tests/services/ is a service of its own that "
		 "tests can run beside the one under test.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads ms.yaml, the sources it names, and tests/.\n\n"
		 "Writes out/test.ninja and out/test/: the programs can be run and debugged by themselves. "
		 "With --fuzz it writes tests/corpus/NAME/, with --coverage out/test/coverage/.\n\n"
		 "With --on it writes out/board/ instead, a folder for each program.",
	.json = "An event \"test\" for each test: program, test (null for a program without a whole report), verdict (\"passed\", \"failed\", "
		"\"skipped\", \"crashed\", \"exited\", \"timed out\", \"none\"), usec, reason, trace (the hash of what could be seen of its last run, with --faults and --power-cuts of that in which nothing fails, null if there is none: the same test in the same order has the same), output (lines). "
		"With --fuzz an event \"phase\" when it begins with something else: program, text. "
		"With --list an event \"name\" for each: program, test. "
		"With --power-cuts an event \"site\" for each cut that was not survived: outcome (\"lost\", \"hung\"). With --faults an event \"site\" for each that was not handled: program, test, site, outcome (\"noticed\", \"leaked\", \"found by a sanitizer\", \"stopped\", \"crashed\", \"hung\"), text. "
		"With --coverage an event \"coverage\" for each source: file, lines and branches (covered, all), missing (lines); the result has lines, branches and page. "
		"An event \"words\" for each line of the compiler's: text. The result has board (null: here), tests, passed, failed, skipped, crashed, exited, timed_out and usec.",
};

/* What programs are linked with and the compiler may not have: asked when something is wrong anyway. */
static int check_libraries(const struct testfile *t, struct arena *a, struct err *e)
{
	static const struct { const char *file, *package; } needed[] = {
		{ "libcmocka.so", "libcmocka-dev" }, { "libdw.so", "libdw-dev" }, { "libasan.so", "gcc" },
	};

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
		const char *argv[] = { t->build.compiler.path, arena_printf(a, "-print-file-name=%s", needed[i].file), NULL };
		struct process_result r;
		struct err ignored = { 0 };

		if (process_run(argv, NULL, a, &r, &ignored) < 0 || r.status || strchr(arena_string(a, r.out), '/'))
			continue;
		err_set(e, ERR_TEST_LIBRARY, "the compiler does not find '%s', which tests need", needed[i].file);
		return err_fix(e, "install it: apt-get install %s", needed[i].package);
	}
	return MS_OK;
}

/* What is made of headers, of the service and of those of test-with, which get theirs here. */
static int bind(const struct project *p, struct arena *a, struct err *e)
{
	int rc = bindings_make(p, p->root, INTERFACE_FOLDER, a, e);

	for (uint32_t i = 0; rc >= 0 && i < p->test_with.count; i++) {
		struct project other;

		rc = project_read(path_join(a, p->root, p->test_with.at[i]), ms_version, a, &other, e);
		if (rc >= 0)
			rc = bindings_make(&other, p->root, testinput_generated(&(struct beside){ .name = other.name }, a), a, e);
	}
	return rc;
}

/* The lock is held. */
static int build(struct testfile *t, const struct list *programs, struct arena *a, struct err *e)
{
	const char *root = t->build.project->root;

	int rc = file_make_folders(path_join(a, root, "out/test"), a, e);
	if (rc >= 0)
		rc = compiler_find(COMPILER_OF_HOST, path_join(a, root, "out/test/compiler"), a, &t->build.compiler, e);
	if (rc >= 0)
		rc = buildtree_update(root, a, e);
	if (rc >= 0)
		rc = bind(t->build.project, a, e);
	if (rc >= 0)
		rc = testfile_write(t, programs, a, e);
	if (rc >= 0)
		rc = ninja_run(root, TESTFILE_PATH, NULL, a, NULL, e);
	if (rc == -MS_EPROJECT && check_libraries(t, a, e) < 0)
		rc = e->code;
	return rc;
}

/* With --fuzz only that program is built and run; the service tells what it compares. */
static int fuzzing_choose(struct list *programs, bool *fuzz, struct arena *a, struct err *e)
{
	const char *wanted = test_options.run.fuzz ? strncmp(test_options.run.fuzz, "fuzz_", 5) ? arena_printf(a, "fuzz_%s", test_options.run.fuzz) : test_options.run.fuzz : NULL;
	struct text known = { 0 };

	*fuzz = wanted;
	for (size_t i = 0; wanted && i < programs->count; i++) {
		struct test_program *t = programs->at[i];

		if (!strcmp(t->name, wanted)) {
			*programs = (struct list){ 0 };
			list_push(programs, a, t);
			return MS_OK;
		}
		if (t->fuzzed)
			text_add(&known, a, "%s%s", known.size ? ", " : "", t->name + 5);
	}
	if (!wanted)
		return MS_OK;
	err_set(e, ERR_NO_TEST, "there is no tests/%s.c", wanted);
	return known.size ? err_fix(e, "there is: %s", known.at) : err_fix(e, "write it: 'int fuzz(const uint8_t *data, size_t size)', which gives these bytes to the service");
}

static int make_programs(const struct project *p, struct list *programs, struct arena *a, struct err *e)
{
	struct testfile t = { .build.project = p, .sdk_version = ms_version, .sanitize = !test_options.no_sanitize, .coverage = test_options.coverage, .orders = test_options.run.schedules || test_options.run.replay };
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	t.build.sdk = &sdk;
	if (rc >= 0)
		rc = testfile_programs(p, true, a, programs, e);
	if (rc >= 0)
		rc = fuzzing_choose(programs, &t.fuzz, a, e);
	if (rc < 0)
		return rc;

	int lock = build_lock(p, a, e);
	if (lock < 0)
		return lock;
	rc = build(&t, programs, a, e);
	file_unlock(lock);
	return rc;
}

static void add_count(struct text *t, struct arena *a, uint32_t count, const char *what)
{
	if (count)
		text_add(t, a, "%s%u %s", t->size ? ", " : "", count, what);
}

static void print_summary(const struct testrun *r, uint64_t nsec, struct arena *a)
{
	struct text t = { 0 };

	for (int v = 0; v < TEST_VERDICT_COUNT; v++)
		add_count(&t, a, r->count[v], test_verdict_text((enum test_verdict)v));
	add_count(&t, a, r->planned - r->ended, "not run");
	out_line("%u test%s: %s  %u.%02u s", r->planned, r->planned == 1 ? "" : "s", t.size ? t.at : "none ran",
		 (unsigned)(nsec / 1000000000), (unsigned)(nsec / 10000000 % 100));
	out_field("tests", json_integer(r->planned));
	out_field("passed", json_integer(r->count[TEST_PASSED]));
	out_field("failed", json_integer(r->count[TEST_FAILED]));
	out_field("skipped", json_integer(r->count[TEST_SKIPPED]));
	out_field("crashed", json_integer(r->count[TEST_CRASHED]));
	out_field("exited", json_integer(r->count[TEST_EXITED]));
	out_field("timed_out", json_integer(r->count[TEST_TIMED_OUT]));
	out_field("usec", json_integer((json_int_t)(nsec / 1000)));
}

/* The first of the worst verdict there is. */
static const char *first_bad(const struct testrun *r)
{
	static const enum test_verdict worst[] = { TEST_CRASHED, TEST_EXITED, TEST_TIMED_OUT, TEST_FAILED };

	for (size_t i = 0; i < sizeof(worst) / sizeof(*worst); i++)
		if (r->first[worst[i]])
			return r->first[worst[i]];
	return NULL;
}

/* A debugger is for what can be done again by one command. */
static int look_closer(const struct testrun_options *o, const char *test, struct err *e)
{
	const char *option = o->replay ? "replay" : o->fault ? "fault" : o->power_cut ? "power-cut" : NULL;
	const char *value = o->replay ? o->replay : o->fault ? o->fault : o->power_cut;

	if (o->schedules || o->faults || o->power_cuts)
		return err_fix(e, "look closer: ms test --gdb --filter '%s', with the --%s that is named above", test, o->schedules ? "replay" : o->faults ? "fault" : "power-cut");
	if (option)
		return err_fix(e, "look closer: ms test --gdb --filter '%s' --%s %s", test, option, value);
	return err_fix(e, "look closer: ms test --gdb --filter '%s'", test);
}

/* What was to be tried came about nowhere. */
static int nothing_tried(const struct testrun_options *o, struct err *e)
{
	if (o->replay) {
		err_set(e, ERR_NO_TEST, "no test has the order of threads '%s'", o->replay);
		return err_fix(e, "look for orders anew: --schedules 200");
	}
	if (o->fault) {
		err_set(e, ERR_NO_TEST, "no test has the site '%s'", o->fault);
		return err_fix(e, "--faults names those there are");
	}
	err_set(e, ERR_NO_TEST, "no test has %s at which the power can fail", o->power_cut ? "that moment" : "a moment");
	return err_fix(e, "%s", o->power_cut ? "--power-cuts names those that matter" :
		       "sim_power_cuts(sim, check, NULL) in a test says what must hold after one (<ms/sim.h>)");
}

static int verdict(const struct testrun *r, struct arena *a, struct err *e)
{
	uint32_t answered = r->count[TEST_PASSED] + r->count[TEST_FAILED] + r->count[TEST_SKIPPED];

	if (answered < r->planned)
		err_set(e, ERR_NO_VERDICT, "no verdict on %u of %u tests", r->planned - answered, r->planned);
	else if (r->broken)
		err_set(e, ERR_NO_VERDICT, "no verdict on %u test program%s", r->broken, r->broken == 1 ? "" : "s");
	else if (r->count[TEST_FAILED])
		err_set(e, ERR_TESTS_FAILED, "%u of %u tests failed", r->count[TEST_FAILED], r->planned);
	else if (r->planned && r->count[TEST_SKIPPED] == r->planned && (r->options.power_cuts || r->options.power_cut || r->options.fault || r->options.replay))
		return nothing_tried(&r->options, e);
	else if (!r->planned)
		return err_set(e, ERR_NO_TEST, "no test is called '%s'", r->options.filter ? r->options.filter : "");
	else
		return MS_OK;

	if (r->options.board)
		return first_bad(r) ? err_fix(e, "the first alone: ms test --on %s --filter '%s'", r->options.board, first_bad(r)) : e->code;
	if (r->planned == 1 && first_bad(r))
		return look_closer(&r->options, first_bad(r), e);
	return first_bad(r) ? err_fix(e, "the first alone: ms test --filter '%s'%s", first_bad(r), testrun_how(&r->options, a)) : e->code;
}

/* Everything once. */
static int run_round(struct testrun *r, const struct list *programs, struct arena *a, struct err *e)
{
	size_t *order = arena_array(a, size_t, programs->count);
	int rc = MS_OK;

	if (r->options.shuffle)
		seeded_order(order, programs->count, r->options.seed);
	for (size_t i = 0; i < programs->count && rc >= 0; i++) {
		const struct test_program *t = programs->at[r->options.shuffle ? order[i] : i];

		if (testrun_wants(r->options.filter, t->name, a) && testwatch_wants(path_join(a, r->project->root, t->path), a))
			rc = r->options.board ? boardrun_program(r, t, a, e) : testrun_program(r, t, a, e);
	}
	return rc;
}

/* The first round in any case; others as long as they are asked for. */
static int run_rounds(struct testrun *r, const struct list *programs, struct arena *a, struct err *e)
{
	uint32_t rounds = test_options.repeat ? test_options.repeat : test_options.until_fail ? UINT32_MAX : 1;
	int rc = MS_OK;

	for (uint32_t round = 1; rc >= 0 && round <= rounds; round++) {
		if (rounds > 1 && r->options.shuffle)
			out_say("round %u, --shuffle %u", round, r->options.seed);
		else if (rounds > 1)
			out_progress("round %u", round);
		rc = run_round(r, programs, a, e);
		r->options.seed++;
		r->options.schedule_seed += r->options.same_seeds ? 0 : r->options.schedules;
		if (!r->planned || (test_options.until_fail && (first_bad(r) || r->broken)))
			break;
	}
	return rc;
}

/* A report that cannot be written is worse than a test that failed: who reads it would see nothing. */
static int finish(struct testrun *r, uint64_t begun, struct arena *a, struct err *e)
{
	int rc = test_options.report ? testwrite(r, test_options.report, a, e) : MS_OK;

	out_field("board", r->options.board ? json_string(r->options.board) : json_null());
	print_summary(r, process_now_nsec() - begun, a);
	if (rc >= 0 && test_options.coverage)
		rc = coverage_tell(r->project, a, e);
	return rc < 0 ? rc : verdict(r, a, e);
}

static int list_tests(struct testrun *r, const struct list *programs, struct arena *a, struct err *e)
{
	int rc = run_round(r, programs, a, e);

	if (rc < 0)
		return rc;
	out_field("tests", json_integer(r->listed));
	if (r->broken)
		return err_set(e, ERR_NO_VERDICT, "%u test program%s no list of tests", r->broken, r->broken == 1 ? " gives" : "s give");
	return r->listed ? MS_OK : verdict(r, a, e);
}

/* Once, with the board of a rig if that is wanted, which is ours until the end. */
static int borrow_and_run(struct testrun *r, const struct list *programs, struct arena *a, struct err *e)
{
	struct rigged rig;

	if (!rigged_is_meant(r->options.board))
		return r->options.list ? list_tests(r, programs, a, e) : run_rounds(r, programs, a, e);
	int rc = rigged_take(r->options.board, NULL, test_options.wait_sec ? test_options.wait_sec : RIGGED_WAIT_SEC, a, &rig, e);
	if (rc < 0)
		return rc;
	r->rig = &rig;
	rc = r->options.list ? list_tests(r, programs, a, e) : run_rounds(r, programs, a, e);
	r->rig = NULL;
	rigged_release(&rig);
	return rc;
}

/* All of it, once the options are known. */
static int test_once(const char *folder, struct arena *a, struct err *e)
{
	struct testrun r = { .options = test_options.run };
	struct list programs = { 0 };
	struct project p;

	if (test_options.report)
		testwrite_forget(test_options.report);
	int rc = project_read(folder, ms_version, a, &p, e);
	if (rc >= 0)
		testwatch_project(&p, a);
	if (rc >= 0)
		rc = r.options.board ? testfile_programs(&p, false, a, &programs, e) : make_programs(&p, &programs, a, e);
	if (rc < 0)
		return rc;

	if (test_options.debugging)
		return testdebug(&p, &programs, &test_options.run, a, e);

	uint64_t begun = process_now_nsec();
	process_catch_interrupt();
	r.project = &p;
	r.options.root = p.root;
	r.options.keep = test_options.report;
	if (test_options.coverage)
		rc = coverage_forget(&p, a, e);
	if (rc >= 0)
		rc = borrow_and_run(&r, &programs, a, e);
	if (r.options.list)
		return rc;
	if (rc >= 0 && !r.planned && !r.broken && testwatch_is_on())
		return MS_OK;
	if (rc >= 0)
		return finish(&r, begun, a, e);
	if (r.planned && !err_is_of_rig(e))
		print_summary(&r, process_now_nsec() - begun, a);
	return rc;
}

int cmd_test(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *folder = argc > 1 ? argv[1] : ".";

	int rc = testoptions_check(a, e);

	if (rc < 0)
		return rc;
	return test_options.watching ? testwatch(folder, test_once, a, e) : test_once(folder, a, e);
}
