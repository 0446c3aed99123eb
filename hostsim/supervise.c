/* SPDX-License-Identifier: Apache-2.0 */
#include "supervise.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempt.h"
#include "child.h"
#include "counters.h"
#include "cut.h"
#include "origin.h"
#include "pages.h"
#include "panic.h"
#include "parallel.h"
#include "said.h"
#include "search.h"
#include "seeded.h"
#include "tell.h"
#include "testwanted.h"
#include "together.h"

enum { PIECE_MAX = 2000 };

int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown);
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown);

static void say(void *word, const char *line)
{
	tell(word, "say %s", line);
}

/* What was done otherwise than by a device's own order, choice by choice. */
static void say_order(const char *word, const struct schedule *s)
{
	for (const struct schedule_told *t = s->told; t < s->told + s->told_count; t++) {
		if (t->late_nsec)
			tell(word, "say at point %llu %llu us pass for thread %u of '%s'%s", (unsigned long long)t->point, (unsigned long long)t->late_nsec / 1000, t->thread, t->service, origin_where(t->pc));
		else
			tell(word, "say at point %llu thread %u of '%s' goes on, not thread %u of '%s'%s", (unsigned long long)t->point, t->next, t->next_service, t->thread, t->service, origin_where(t->pc));
	}
}

static void tell_site(void *context, const char *id, const char *outcome, const char *text)
{
	const struct attempt *a = context;

	said_clear();	/* what the run before all these said */
	tell(a->word, "site %s %s: %s", id, outcome, text);
}

static unsigned jobs(void)
{
	const char *text = getenv(TESTFRAME_JOBS);

	return text ? (unsigned)strtoul(text, NULL, 10) : 1;
}

static enum test_verdict sweep(struct attempt *a)
{
	struct sweep w = { .jobs = jobs(), .chosen = getenv(TESTFRAME_FAULT), .run = attempt_on_device, .tell = tell_site, .over = child_told_to_end, .context = a };

	uint64_t begun = child_now_usec();
	enum test_verdict v = sweep_faults(&w, a->reason, sizeof(a->reason));

	a->usec = child_now_usec() - begun;
	return v;
}

static bool is_sweep(void)
{
	return getenv(TESTFRAME_FAULTS) || getenv(TESTFRAME_FAULT);
}

static bool is_cut(void)
{
	return getenv(TESTFRAME_POWER_CUTS) || getenv(TESTFRAME_POWER_CUT);
}

/* One more process that runs the same test, for its share of the cuts. */
static pid_t start_share(struct attempt *a, unsigned share, unsigned shares)
{
	SELDOM static struct sweep_run run;
	pid_t pid = fork();

	if (pid < 0)
		panic_errno("cannot start a process");
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	cut_share(share, shares);
	attempt_on_device(a, 0, &run);
	_exit((int)run.verdict);
}

/* It did the same as the first, if that came to its end. */
static bool end_share(pid_t pid, enum test_verdict first)
{
	int status = 0;

	if (first != TEST_PASSED)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return first != TEST_PASSED || status == 0;
}

static enum test_verdict cut_power(struct attempt *a)
{
	const char *chosen = getenv(TESTFRAME_POWER_CUT);
	unsigned shares = chosen ? 1 : jobs() < CUT_SHARES ? jobs() : CUT_SHARES;
	SELDOM static struct sweep_run run;
	pid_t others[CUT_SHARES];
	bool same = true;

	cut_begin(chosen);
	fflush(NULL);
	for (unsigned i = 1; i < shares; i++)
		others[i] = start_share(a, i, shares);
	cut_share(0, shares);
	attempt_on_device(a, 0, &run);
	for (unsigned i = 1; i < shares; i++)
		same &= end_share(others[i], run.verdict);
	snprintf(a->reason, sizeof(a->reason), "%s", same ? run.reason : "it does not come to the same each time it runs: with --jobs 1 it runs once");
	return same ? cut_judge(run.verdict, a->reason, sizeof(a->reason), tell_site, a) : TEST_FAILED;
}

static void say_all(const char *word, const struct attempt *a, const char *how)
{
	const char *program = getenv(TESTFRAME_PROGRAM);

	said_each(say, (void *)word);
	if (*how)
		say_order(word, a->schedule);
	if (*how)
		tell(word, "say in this order of threads: ms test --filter '%s/%s' %s", program ? program : "", a->test->name, how);
}

static bool is_good(enum test_verdict v)
{
	return v == TEST_PASSED || v == TEST_SKIPPED;
}

/* A pass in another order than the one that was asked for shows nothing. */
static enum test_verdict judge_order(struct attempt *a, enum test_verdict v)
{
	size_t asked = a->schedule ? a->schedule->choice_count : 0, done = asked ? a->schedule->done_count : 0;

	if (v != TEST_PASSED || done >= asked)
		return v;
	snprintf(a->reason, sizeof(a->reason), done ? "%zu of the order's %zu choices came about" : "there is no such order: nothing of it came about", done, asked);
	return done ? v : TEST_SKIPPED;
}

/* Returns false when the time is over for the whole program.  `before` is what came of it in a process with others. */
static bool run_one(const char *word, const struct group *g, const struct CMUnitTest *test, enum together_kind before)
{
	struct attempt a = { .word = word, .group = g, .test = test };
	char how[800] = "";

	tell(word, "begin %s", test->name);
	enum test_verdict verdict = is_sweep() ? sweep(&a) : is_cut() ? cut_power(&a) : search_schedules(attempt_run, &a, how, sizeof(how));

	if (getenv(TESTFRAME_REPLAY))
		verdict = judge_order(&a, verdict);

	if (is_good(verdict) && (before == TOGETHER_FAILED || before == TOGETHER_RUNNING)) {
		verdict = before == TOGETHER_FAILED ? TEST_FAILED : TEST_CRASHED;
		snprintf(a.reason, sizeof(a.reason), "it passes alone, but not after the tests before it in one process (--in-process)");
	}
	if (!is_good(verdict) || getenv(TESTFRAME_SAY))
		say_all(word, &a, how);
	if (a.schedule && a.schedule->hash)
		tell(word, "trace %016llx", (unsigned long long)a.schedule->hash);
	tell(word, "end %d %llu %s", verdict, (unsigned long long)a.usec, a.reason);
	return verdict != TEST_TIMED_OUT || (is_sweep() && !child_told_to_end());
}

static bool wanted(const struct CMUnitTest *test)
{
	return testwanted(getenv(TESTFRAME_FILTER), getenv(TESTFRAME_PROGRAM), test->name);
}

static void list(const char *word, const struct CMUnitTest *tests, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wanted(&tests[i]))
			tell(word, "name %s", tests[i].name);
}

/* Which tests run, in which order: how many, and their places in *chosen, which is the caller's to free. */
static size_t choose(const struct CMUnitTest *tests, size_t count, size_t **chosen)
{
	const char *seed = getenv(TESTFRAME_SHUFFLE);
	size_t *order = calloc(count + 1, sizeof(*order)), kept = 0;

	if (!order)
		panic("out of memory");
	if (seed)
		seeded_order(order, count, strtoull(seed, NULL, 10));
	for (size_t i = 0; i < count; i++) {
		size_t place = seed ? order[i] : i;

		if (wanted(&tests[place]))
			order[kept++] = place;
	}
	*chosen = order;
	return kept;
}

/* What one of several processes needs to run some of them. */
struct batch {
	const char *word;
	const struct group *group;
	const struct CMUnitTest *tests;
	const size_t *chosen;
	size_t count, piece;		/* of tests; in one piece of work */
	size_t told;			/* of the piece that is being told */
};

static void tell_good(const struct batch *b, const struct CMUnitTest *test, const struct together_result *r)
{
	tell_later(b->word, "begin %s\n%s end %d %llu ", test->name, b->word, r->kind == TOGETHER_PASSED ? TEST_PASSED : TEST_SKIPPED, (unsigned long long)r->usec);
}

/* The test in which the time was over, in a process of several. */
static void tell_stuck(const struct batch *b, const struct CMUnitTest *test, const struct outcome *o)
{
	char reason[600] = "";

	tell(b->word, "begin %s", test->name);
	if (o->kind == OUTCOME_STUCK)
		attempt_stuck(o, reason, sizeof(reason));
	tell(b->word, "end %d 0 %s", TEST_TIMED_OUT, reason);
}

/* Those that one process has run. */
static bool tell_together(const struct batch *b, size_t from, size_t count, const struct together_result *results, const struct outcome *o)
{
	bool going = true;

	for (size_t i = 0; going && i < count; i++) {
		const struct CMUnitTest *test = &b->tests[b->chosen[from + i]];
		enum together_kind kind = results[i].kind;

		if (kind == TOGETHER_PASSED || kind == TOGETHER_SKIPPED)
			tell_good(b, test, &results[i]);
		else if (kind == TOGETHER_RUNNING && child_told_to_end())
			tell_stuck(b, test, o);
		else
			going = run_one(b->word, b->group, test, kind);
	}
	tell_waiting();
	return going && !child_told_to_end();
}

static bool run_together(const struct batch *b, size_t from, size_t count)
{
	struct together_result *results = together_take(count);
	struct outcome stopped = { 0 };
	bool going = true;

	for (size_t at = 0, got; going && at < count; at += got) {
		got = together_run(b->group, b->tests, b->chosen + from + at, count - at, results + at, &stopped);
		going = tell_together(b, from + at, got, results + at, &stopped);
	}
	together_give(results, count);
	return going;
}

static bool run_chosen(void *context, size_t at)
{
	const struct batch *b = context;
	size_t from = at * b->piece, left = b->count - from;

	if (child_told_to_end())
		return false;
	if (getenv(TESTFRAME_TOGETHER))
		return run_together(b, from, left < b->piece ? left : b->piece);
	return run_one(b->word, b->group, &b->tests[b->chosen[at]], TOGETHER_NOT_RUN);
}

/* The last line of a piece is the end of its last test, and pieces come in their order. */
static bool is_last(void *context, const char *line)
{
	struct batch *b = context;
	size_t size = strlen(b->word);

	if (strncmp(line, b->word, size) || strncmp(line + size, " end ", 5))
		return false;
	b->told++;
	return b->told % b->piece == 0 || b->told == b->count;
}

/* Of tests in one process, so many that making the process does not count, and each processor has some. */
static size_t piece_of(size_t count, unsigned jobs)
{
	size_t share = count / (4 * jobs) + 1;

	return !getenv(TESTFRAME_TOGETHER) ? 1 : share < PIECE_MAX ? share : PIECE_MAX;
}

/* Several at once, if there are several; returns false when the time was over. */
static bool run_all(struct batch *b)
{
	struct parallel_work w = { .jobs = is_sweep() || is_cut() ? 1 : jobs(), .run = run_chosen, .is_last = is_last, .context = b };
	bool going = true;

	b->piece = piece_of(b->count, w.jobs);
	w.count = (b->count + b->piece - 1) / b->piece;
	if (w.jobs > w.count)
		w.jobs = (unsigned)w.count;
	if (w.jobs > 1)
		return parallel_run(&w);
	for (size_t i = 0; going && i < w.count; i++)
		going = run_chosen(b, i);
	return going;
}

static void supervise(const char *word, const struct group *g, const struct CMUnitTest *tests, size_t count)
{
	size_t *chosen, chosen_count = choose(tests, count, &chosen);
	bool listing = getenv(TESTFRAME_LIST), going;

	counters_share();
	child_heed_end();
	if (listing)
		chosen_count = 0;
	tell(word, "plan %zu %s", chosen_count, g->name);
	if (listing)
		list(word, tests, count);
	going = run_all(&(struct batch){ .word = word, .group = g, .tests = tests, .chosen = chosen, .count = chosen_count });
	free(chosen);
	if (!going)
		exit(0);
	tell(word, "done");
}

enum test_verdict supervise_attempt(struct supervise_attempt *s)
{
	const struct CMUnitTest test = { s->name, s->run, NULL, NULL, NULL };
	const struct group group = { .name = s->name };
	struct schedule *device = schedule_shared();
	struct attempt a = { .group = &group, .test = &test, .tick = s->tick };

	device->plain = true;
	enum test_verdict v = attempt_run(device, &a);
	s->usec += a.usec;
	memcpy(s->reason, a.reason, sizeof(s->reason));
	return v;
}

void supervise_begin(const char *word, const char *name)
{
	child_heed_end();
	tell(word, "plan 1 %s", name);
}

void supervise_tell(const char *word, const struct supervise_attempt *a, enum test_verdict v, const char *format, ...)
{
	char note[600];
	va_list args;

	va_start(args, format);
	vsnprintf(note, sizeof(note), format, args);
	va_end(args);
	tell(word, "begin %s", a->name);
	if (!is_good(v)) {
		tell(word, "say %s", note);
		said_each(say, (void *)word);
	}
	tell(word, "end %d %llu %s", v, (unsigned long long)a->usec, is_good(v) ? note : a->reason);
}

void supervise_end(const char *word)
{
	tell(word, "done");
}

/* One after the other in this process, which is what a debugger wants. */
static int alone(const struct group *g, const struct CMUnitTest *tests, size_t count)
{
	int failed = 0;

	for (size_t i = 0; i < count; i++) {
		if (!wanted(&tests[i]))
			continue;
		search_begin_named();
		sweep_begin_named(getenv(TESTFRAME_FAULT));
		if (getenv(TESTFRAME_POWER_CUT))
			cut_begin(getenv(TESTFRAME_POWER_CUT));
		failed += __real__cmocka_run_group_tests(g->name, &tests[i], 1, g->setup, g->teardown);
	}
	return failed;
}

/* In place of cmocka's own, which runs all tests in one process. Without `ms test` above us, cmocka's runs: one process is what a debugger wants. */
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown)
{
	struct group g = { name, setup, teardown };
	const char *word = getenv(TESTFRAME_WORD);
	char *copy;

	if (!word)
		return getenv(TESTFRAME_FILTER) ? alone(&g, tests, count) : __real__cmocka_run_group_tests(name, tests, count, setup, teardown);
	copy = strdup(word);
	if (!copy)
		panic("out of memory");
	unsetenv(TESTFRAME_WORD);
	supervise(copy, &g, tests, count);
	setenv(TESTFRAME_WORD, copy, 1);
	free(copy);
	return 0;
}
