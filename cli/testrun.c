/* SPDX-License-Identifier: Apache-2.0 */
#include "testrun.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "file.h"
#include "out.h"
#include "patience.h"
#include "process.h"

#define NSEC_PER_SEC UINT64_C(1000000000)

enum { ANSWER_SEC = 2, LINE_SIZE = 4096, SAID_MAX = 60, SITES_SHOWN = 3 };

/* What a filter says before its '/' is about the program; without one it may be about any test. */
bool testrun_wants(const char *filter, const char *program, struct arena *a)
{
	const char *slash = filter ? strchr(filter, '/') : NULL;

	if (!slash)
		return true;
	const char *head = arena_printf(a, "%.*s", (int)(slash - filter), filter);
	if (strpbrk(filter, "*?["))
		return !fnmatch(head, program, 0);
	size_t size = strlen(program), tail = strlen(head);
	return tail <= size && !strcmp(program + size - tail, head);
}

/* One program while it runs. */
struct running {
	struct testrun *run;
	const struct test_program *program;
	struct testreport report;
	struct testrun_result test;	/* the one that is running */
	struct list words;		/* its own, outside of tests */
	struct process process;
	bool timed_out;
	uint32_t sites;			/* of the present test, that were shown */
	struct arena *arena;
};

/* A word that nothing prints by chance. */
static const char *make_word(struct arena *a)
{
	uint64_t n[2] = { 0 };

	(void)!getrandom(n, sizeof(n), 0);
	return arena_printf(a, "%016" PRIx64 "%016" PRIx64, n[0], n[1]);
}

static void set_number(const char *name, uint32_t value, struct arena *a)
{
	setenv(name, arena_printf(a, "%u", value), 1);
}

static void set_environment(const struct testrun *r, const char *program, const char *word, struct arena *a)
{
	setenv(TESTFRAME_WORD, word, 1);
	setenv(TESTFRAME_PROGRAM, program, 1);
	if (r->options.filter)
		setenv(TESTFRAME_FILTER, r->options.filter, 1);
	if (r->options.all_words)
		setenv(TESTFRAME_SAY, "all", 1);
	if (r->options.fuzz)
		set_number(TESTFRAME_FUZZ, r->options.fuzz_sec, a);
	if (r->options.fuzz)
		set_number(TESTFRAME_SEED, r->options.schedule_seed, a);
	if (r->options.together)
		setenv(TESTFRAME_TOGETHER, "all", 1);
	if (r->options.list)
		setenv(TESTFRAME_LIST, "all", 1);
	set_number(TESTFRAME_JOBS, r->options.jobs, a);
	if (r->options.shuffle)
		set_number(TESTFRAME_SHUFFLE, r->options.seed, a);
	if (r->options.schedules) {
		set_number(TESTFRAME_SCHEDULES, r->options.schedules, a);
		set_number(TESTFRAME_SEED, r->options.schedule_seed, a);
	}
	if (r->options.open)
		setenv(TESTFRAME_OPEN, "all", 1);
	if (r->options.strategy)
		setenv(TESTFRAME_STRATEGY, r->options.strategy, 1);
	if (r->options.power_cuts)
		setenv(TESTFRAME_POWER_CUTS, "all", 1);
	if (r->options.power_cut)
		setenv(TESTFRAME_POWER_CUT, r->options.power_cut, 1);
	if (r->options.faults)
		setenv(TESTFRAME_FAULTS, "all", 1);
	if (r->options.fault)
		setenv(TESTFRAME_FAULT, r->options.fault, 1);
	if (r->options.replay)
		setenv(TESTFRAME_REPLAY, r->options.replay, 1);
}

const char *testrun_how(const struct testrun_options *o, struct arena *a)
{
	if (o->fault)
		return arena_printf(a, " --fault %s", o->fault);
	if (o->replay)
		return arena_printf(a, " --replay %s", o->replay);
	if (o->power_cut)
		return arena_printf(a, " --power-cut %s", o->power_cut);
	return o->faults ? " --faults" : o->power_cuts ? " --power-cuts" : "";
}

/* What is told may be kept, for a report that is written at the end. */
static void tell(struct testrun *r, const struct testrun_result *t, struct arena *a)
{
	struct testrun_result *told = arena_new(a, struct testrun_result);

	*told = *t;
	told->board = r->options.board;
	told->how = testrun_how(&r->options, a);
	testview_result(told);
	if (r->options.keep)
		list_push(&r->results, a, told);
}

void testrun_count(struct testrun *r, const struct testrun_result *t, struct arena *a)
{
	r->count[t->verdict]++;
	if (!r->first[t->verdict])
		r->first[t->verdict] = arena_printf(a, "%s/%s", t->program, t->name);
	tell(r, t, a);
}

void testrun_no_verdict(struct testrun *r, const struct testrun_result *whole, struct arena *a)
{
	r->broken++;
	tell(r, whole, a);
}

void testrun_keep(struct list *lines, const char *line, struct arena *a)
{
	if (lines->count < SAID_MAX)
		list_push(lines, a, arena_printf(a, "%s", line));
}

/* "12 crashed: ..." */
static void take_site(struct running *n, const char *text)
{
	size_t size = strcspn(text, " ");
	const char *id = arena_printf(n->arena, "%.*s", (int)size, text), *what = text + size + (text[size] == ' ');

	testview_site(&n->test, id, what, n->run->options.all_words || (strncmp(what, "noticed:", 8) && (!n->run->options.power_cuts || n->sites++ < SITES_SHOWN)), n->run->options.power_cuts ? "power-cut" : "fault");
}

static void take_line(struct running *n, const char *line)
{
	switch (testreport_line(&n->report, line)) {
	case TESTREPORT_OTHER:
		testrun_keep(&n->words, n->report.text, n->arena);
		break;
	case TESTREPORT_NAME:
		n->run->listed++;
		testview_name(n->program->name, n->report.name);
		break;
	case TESTREPORT_BEGIN:
		n->sites = 0;
		n->test = (struct testrun_result){ .program = n->program->name, .name = arena_printf(n->arena, "%s", n->report.name) };
		break;
	case TESTREPORT_SAY:
		testrun_keep(&n->test.said, n->report.text, n->arena);
		break;
	case TESTREPORT_SITE:
		take_site(n, n->report.text);
		break;
	case TESTREPORT_TRACE:
		n->test.trace = arena_printf(n->arena, "%s", n->report.text);
		if (n->run->options.all_words)
			testrun_keep(&n->test.said, arena_printf(n->arena, "trace %s", n->report.text), n->arena);
		break;
	case TESTREPORT_PHASE:
		testview_phase(n->program->name, n->report.text);
		break;
	case TESTREPORT_NOW:
		out_progress("%s: %s", n->program->name, n->report.text);
		break;
	case TESTREPORT_END:
		n->test.verdict = n->report.verdict;
		n->test.usec = n->report.usec;
		n->test.reason = arena_printf(n->arena, "%s", n->report.text);
		testrun_count(n->run, &n->test, n->arena);
		break;
	default:
		break;
	}
}

/* Is the time of its own over?  Otherwise *deadline is when to look again. */
static bool is_over(struct patience *p, uint64_t limit_nsec, uint64_t *deadline)
{
	uint64_t own = patience_own_nsec(p), left = own < limit_nsec ? limit_nsec - own : 0;

	*deadline = process_now_nsec() + (left < PATIENCE_LOOK_NSEC ? left : PATIENCE_LOOK_NSEC);
	return !left;
}

/* When its time is over it is asked to end, which lets it say where it is, and given a moment to do so. */
static int listen(struct running *n, uint64_t limit_nsec)
{
	uint64_t deadline = process_now_nsec() + PATIENCE_LOOK_NSEC;
	struct patience p;
	char line[LINE_SIZE];

	patience_begin(&p, n->process.pid);
	for (;;) {
		int more = process_line(&n->process, line, sizeof(line), deadline);

		if (more > 0) {
			take_line(n, line);
		} else if (more != -MS_ETIMEDOUT) {
			return more;
		} else if (is_over(&p, limit_nsec, &deadline)) {
			if (n->timed_out)
				return more;
			n->timed_out = true;
			patience_begin(&p, n->process.pid);
			limit_nsec = ANSWER_SEC * NSEC_PER_SEC;
			deadline = process_now_nsec() + PATIENCE_LOOK_NSEC;
			kill(-n->process.pid, SIGTERM);
		}
	}
}

/* How the program ended, for a person. */
static const char *ending(const struct running *n)
{
	int status = n->process.status;

	if (status > 128)
		return arena_printf(n->arena, "the program was ended by a signal: %s", strsignal(status - 128));
	return arena_printf(n->arena, "the program ended with status %d", status);
}

/* A test that did not come to its end. */
static void end_open_test(struct running *n)
{
	n->test.verdict = n->timed_out ? TEST_TIMED_OUT : TEST_CRASHED;
	n->test.reason = n->timed_out ? "it does not react to anything" : ending(n);
	testreport_close_test(&n->report);
	testrun_count(n->run, &n->test, n->arena);
}

/* NULL when all is as it should be: otherwise there is no verdict, whatever the tests said. */
static const char *fault_of(struct running *n)
{
	const struct testreport *r = &n->report;
	const char *fault = testreport_fault(r);

	if (n->timed_out && !r->plans)
		return "the time was over before its tests began";
	if (n->timed_out)
		return r->left ? arena_printf(n->arena, "%u of its tests did not run", r->left) : NULL;
	if (!fault && !n->process.status)
		return NULL;
	if (!fault)
		return arena_printf(n->arena, "its tests ran, but %s", ending(n));
	return n->process.status ? arena_printf(n->arena, "%s: %s", fault, ending(n)) : fault;
}

static void judge(struct running *n)
{
	struct testrun_result whole = { .program = n->program->name, .verdict = TEST_EXITED, .said = n->words };

	if (n->report.in_test)
		end_open_test(n);
	n->run->planned += n->report.planned;
	n->run->ended += n->report.ended;
	whole.reason = fault_of(n);
	if (!whole.reason)
		return;
	testrun_no_verdict(n->run, &whole, n->arena);
}

int testrun_program(struct testrun *r, const struct test_program *p, struct arena *a, struct err *e)
{
	struct running n = { .run = r, .program = p, .arena = a };
	const char *path = path_join(a, r->options.root, p->path);
	const char *const argv[] = { path, NULL };
	const char *word = make_word(a);

	set_environment(r, p->name, word, a);
	testreport_init(&n.report, word);
	if (!r->options.list)
		testview_program(p->name);
	int rc = process_start(argv, r->options.root, &n.process, e);
	if (rc < 0)
		return rc;

	rc = listen(&n, r->options.timeout_sec * NSEC_PER_SEC);
	process_stop(&n.process);
	if (rc == -MS_EINTR)
		return err_set(e, rc, "stopped");
	judge(&n);
	return MS_OK;
}
