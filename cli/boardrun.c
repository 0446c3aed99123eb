/* SPDX-License-Identifier: Apache-2.0 */
#include "boardrun.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "boardframe.h"
#include "builder.h"
#include "console.h"
#include "crash.h"
#include "emulator.h"
#include "plan.h"
#include "process.h"
#include "rigged.h"
#include "seeded.h"
#include "testboard.h"
#include "testwanted.h"
#include "version.h"

enum { PATIENCE_SEC = 20, TESTS_MAX = UINT16_MAX };

/* A program, over all starts of the board. */
struct program {
	struct testrun *run;
	const struct test_program *test;
	const char *service;		/* its name on the board */
	struct plan plan;
	struct bytes image;		/* as it was built: with empty orders, at `orders` */
	size_t orders;
	struct list names;		/* of all its tests, in their order, once listed */
	struct arena *arena;
};

/* One start of the board. */
struct boot {
	struct program *of;
	struct process process;
	struct boardframe frame;
	struct testreport report;
	struct testrun_result test;	/* the one that is running */
	struct list words;		/* what was said outside of tests */
	const char *last;
	bool done;			/* the end frame has come */
	bool over;			/* nothing more can come */
	bool closed;			/* a test ended without saying so, and has its verdict */
};

static void end_open_test(struct boot *b, enum test_verdict verdict, const char *reason)
{
	if (!b->report.in_test)
		return;
	testreport_close_test(&b->report);
	b->closed = true;
	b->test.verdict = verdict;
	b->test.reason = reason;
	testrun_count(b->of->run, &b->test, b->of->arena);
}

static void begin_test(struct boot *b)
{
	b->test = (struct testrun_result){ .program = b->of->test->name, .name = arena_printf(b->of->arena, "%s", b->report.name) };
	b->closed = false;
}

static void take_event(struct boot *b, enum testreport_event event)
{
	struct arena *a = b->of->arena;

	switch (event) {
	case TESTREPORT_NAME:
		if (b->of->names.count < TESTS_MAX)
			list_push(&b->of->names, a, arena_printf(a, "%s", b->report.name));
		break;
	case TESTREPORT_BEGIN:
		begin_test(b);
		break;
	case TESTREPORT_SAY:
		testrun_keep(&b->test.said, b->report.text, a);
		break;
	case TESTREPORT_END:
		b->test.verdict = b->report.verdict;
		b->test.usec = b->report.usec;
		b->test.reason = arena_printf(a, "%s", b->report.text);
		if (!testrun_is_bad(&b->test) && !b->of->run->options.all_words)
			b->test.said.count = 0;
		testrun_count(b->of->run, &b->test, a);
		break;
	case TESTREPORT_DONE:
		b->done = b->over = true;
		break;
	case TESTREPORT_GARBLED:
		b->over = true;
		break;
	default:
		break;
	}
}

static void take_log(struct boot *b, const struct console_line *l)
{
	struct list *said = b->report.in_test ? &b->test.said : &b->words;

	switch (boardframe_line(&b->frame, l->text)) {
	case BOARDFRAME_NONE:
		testrun_keep(said, l->text, b->of->arena);
		break;
	case BOARDFRAME_TEXT:
		take_event(b, testreport_line(&b->report, arena_printf(b->of->arena, "%s %s", b->frame.word, b->frame.text)));
		break;
	case BOARDFRAME_GARBLED:
		b->report.garbled = b->over = true;
		break;
	default:
		break;
	}
}

/* The runtime's record of what a test did is that test's verdict. */
static void take_fault(struct boot *b, const struct console_line *l)
{
	struct arena *a = b->of->arena;
	struct crash_place place;

	crash_locate(&b->of->plan.symbols, l, a, &place);
	end_open_test(b, TEST_CRASHED, arena_printf(a, "%s%s%s", l->fault.cause, place.function ? " " : "", place.function ? crash_place_text(&place, a) : ""));
	boardframe_restart(&b->frame);
}

static void take_runtime(struct boot *b, const char *text)
{
	const char *name = b->of->service;
	size_t size = strlen(name);
	int status;

	if (!strncmp(text, name, size) && sscanf(text + size, " ended with status %d", &status) == 1) {
		end_open_test(b, TEST_EXITED, arena_printf(b->of->arena, "the program ended itself with status %d", status));
		boardframe_restart(&b->frame);
	}
	if (!strcmp(text, "all services have ended") || strstr(text, ": nothing runs"))
		b->over = true;
}

static void take_line(struct boot *b, const char *line)
{
	struct console_line l;

	if (emulator_chatter(line))
		return;
	console_parse(line, &l);
	b->last = arena_printf(b->of->arena, "%s", l.text);
	if (l.kind == CONSOLE_LOG && !strcmp(l.service, b->of->service))
		take_log(b, &l);
	else if (l.kind == CONSOLE_FAULT && (l.fault.kernel || !strcmp(l.service, b->of->service)))
		take_fault(b, &l);
	else if (l.kind == CONSOLE_RUNTIME)
		take_runtime(b, l.text);
}

/* A line of the board's console, wherever it is; trouble with a rig is in *e. */
static int read_line(struct boot *b, char *line, uint64_t deadline, struct err *e)
{
	struct rigged *rig = b->of->run->rig;

	return rig ? rigged_line(rig, line, CONSOLE_LINE_MAX, deadline, e) : process_line(&b->process, line, CONSOLE_LINE_MAX, deadline);
}

/* The board itself ends a test whose time is over; one that does not even do that is ended here. */
static int listen(struct boot *b, struct err *e)
{
	uint64_t patience = (2 * (uint64_t)b->of->run->options.timeout_sec + PATIENCE_SEC) * UINT64_C(1000000000);
	uint64_t deadline = process_now_nsec() + patience;
	uint32_t ended = 0;
	char line[CONSOLE_LINE_MAX];

	while (!b->over) {
		int more = read_line(b, line, deadline, e);

		if (more <= 0)
			return more;
		take_line(b, line);
		if (b->report.ended != ended)
			deadline = process_now_nsec() + patience;
		ended = b->report.ended;
	}
	return MS_OK;
}

static void make_word(char word[MS_BOARDTEST_WORD + 1])
{
	uint64_t n = 0;

	(void)!getrandom(&n, sizeof(n), 0);
	snprintf(word, MS_BOARDTEST_WORD + 1, "%016" PRIx64, n);
}

/* A copy of the image with these orders: each start of the board has its own word. */
static struct bytes with_orders(const struct program *p, const struct ms_boardtest_orders *o)
{
	uint8_t *copy = arena_array(p->arena, uint8_t, p->image.size);

	memcpy(copy, p->image.at, p->image.size);
	memcpy(copy + p->orders, o, sizeof(*o));
	return (struct bytes){ copy, p->image.size };
}

static int start(struct boot *b, struct ms_boardtest_orders *o, struct err *e)
{
	struct program *p = b->of;
	struct emulator m = { .board = &p->plan.board, .fast = true };
	char word[MS_BOARDTEST_WORD + 1];

	make_word(word);
	boardframe_init(&b->frame, word);
	testreport_init(&b->report, word);
	memcpy(o->mark, MS_BOARDTEST_MARK, sizeof(o->mark));
	memcpy(o->word, word, sizeof(o->word));
	snprintf(o->service, sizeof(o->service), "%s", p->service);
	o->timeout_msec = p->run->options.timeout_sec * 1000;
	((struct plan_service *)p->plan.services.at[0])->device.image = with_orders(p, o);

	int rc = plan_finish(&p->plan, p->arena, e);
	m.flash = p->plan.flash;
	if (rc < 0)
		return rc;
	return p->run->rig ? rigged_start(p->run->rig, "run", m.flash, true, 0, p->arena, e) : emulator_start(&m, p->arena, &b->process, e);
}

static void no_verdict(const struct boot *b, const char *reason)
{
	struct testrun_result whole = { .program = b->of->test->name, .verdict = TEST_EXITED, .said = b->words, .reason = reason };

	testrun_no_verdict(b->of->run, &whole, b->of->arena);
}

/* NULL when all that was to come has come. */
static const char *fault_of(const struct boot *b)
{
	const char *fault = testreport_fault(&b->report);

	if (!fault || (b->closed && !b->report.garbled))
		return NULL;
	return arena_printf(b->of->arena, "%s; the board's last line: %s", fault, b->last ? b->last : "(none)");
}

/* Start the board once. */
static int boot(struct program *p, struct ms_boardtest_orders *o, struct boot *b, struct err *e)
{
	*b = (struct boot){ .of = p };
	int rc = start(b, o, e);
	if (rc < 0)
		return rc;
	rc = listen(b, e);
	if (p->run->rig)
		rigged_stop(p->run->rig);
	else
		process_stop(&b->process);
	if (rc == -MS_EINTR)
		return err_set(e, rc, "stopped");
	if (rc < 0 && rc != -MS_ETIMEDOUT)
		return rc;	/* of the rig, not of the board: no verdict comes of it */
	end_open_test(b, rc == -MS_ETIMEDOUT ? TEST_TIMED_OUT : TEST_CRASHED,
		      rc == -MS_ETIMEDOUT ? "the board does not react to anything" : "the board ended in the middle of it");
	return MS_OK;
}

/* Ask for names first where not all tests run in their own order. */
static int list(struct program *p, struct err *e)
{
	struct ms_boardtest_orders o = { .list = 1 };
	struct boot b;

	int rc = boot(p, &o, &b, e);
	if (rc < 0)
		return rc;
	if (!b.done)
		no_verdict(&b, fault_of(&b));
	return b.done;
}

/* Places of the tests that are to run. */
static size_t choose(const struct program *p, uint16_t *chosen)
{
	const struct testrun_options *o = &p->run->options;
	size_t *order = arena_array(p->arena, size_t, p->names.count + 1), count = 0;

	for (size_t i = 0; i < p->names.count; i++)
		order[i] = i;
	if (o->shuffle)
		seeded_order(order, p->names.count, o->seed);
	for (size_t i = 0; i < p->names.count; i++)
		if (testwanted(o->filter, p->test->name, p->names.at[order[i]]))
			chosen[count++] = (uint16_t)order[i];
	return count;
}

/* Those that are left, as many as one start takes; all when nobody has asked for any. */
static void order_next(struct ms_boardtest_orders *o, const uint16_t *chosen, size_t count)
{
	*o = (struct ms_boardtest_orders){ .count = (uint32_t)(count < MS_BOARDTEST_CHOSEN_MAX ? count : MS_BOARDTEST_CHOSEN_MAX) };
	memcpy(o->chosen, chosen, o->count * sizeof(*chosen));
}

/* Nobody has asked for certain ones: they are those of the plan. */
static size_t take_all(const struct boot *b, uint16_t *chosen)
{
	size_t count = b->report.planned < TESTS_MAX ? b->report.planned : TESTS_MAX;

	for (size_t i = 0; i < count; i++)
		chosen[i] = (uint16_t)i;
	return count;
}

/* As often as the board has to be started until each test has a verdict, or one start brings none. */
static int run_all(struct program *p, uint16_t *chosen, size_t count, struct err *e)
{
	struct ms_boardtest_orders o;
	size_t at = 0;
	struct boot b;

	do {
		order_next(&o, chosen + at, count - at);
		int rc = boot(p, &o, &b, e);
		if (rc < 0)
			return rc;
		if (!count)
			count = take_all(&b, chosen);
		b.report.garbled |= o.count && b.report.plans && b.report.planned != o.count;	/* another plan than was asked for */
		at += b.report.ended < count - at ? b.report.ended : count - at;
	} while (at < count && b.report.ended && !fault_of(&b));
	p->run->planned += (uint32_t)count;
	p->run->ended += (uint32_t)at;
	if (fault_of(&b) || !count)
		no_verdict(&b, count ? fault_of(&b) : "it ran no test");
	return MS_OK;
}

static int run_chosen(struct program *p, struct err *e)
{
	const struct testrun_options *o = &p->run->options;
	uint16_t *chosen = arena_array(p->arena, uint16_t, TESTS_MAX + 1);
	bool some = o->filter || o->shuffle || o->list;

	int rc = some ? list(p, e) : MS_OK;
	if (rc < 0 || (some && rc == 0))
		return rc;
	size_t count = some ? choose(p, chosen) : 0;

	for (size_t i = 0; o->list && i < count; i++)
		testview_name(p->test->name, p->names.at[chosen[i]]);
	p->run->listed += (uint32_t)count * o->list;
	return o->list || (some && !count) ? MS_OK : run_all(p, chosen, count, e);
}

/* The orders lie in the image once, among what it only reads. */
static int find_orders(struct program *p, struct err *e)
{
	size_t found = 0;

	for (size_t i = 0; p->image.size >= sizeof(struct ms_boardtest_orders) && i <= p->image.size - sizeof(struct ms_boardtest_orders); i++) {
		if (memcmp(p->image.at + i, MS_BOARDTEST_MARK, sizeof(((struct ms_boardtest_orders *)0)->mark)))
			continue;
		p->orders = i;
		found++;
	}
	if (found == 1)
		return MS_OK;
	return err_set(e, ERR_NO_GROUP, "'%s' is no test program for a board: it has %s", p->test->source,
		       found ? "the mark of its orders twice" : "no call of cmocka_run_group_tests");
}

int boardrun_program(struct testrun *r, const struct test_program *t, struct arena *a, struct err *e)
{
	struct program *p = arena_new(a, struct program);
	struct project *own = arena_new(a, struct project);
	struct plan_options options = { .board = r->rig ? r->rig->board : r->options.board };
	struct list beside = { 0 };

	*p = (struct program){ .run = r, .test = t, .arena = a };
	int rc = build_folder(r->project->root, a, e);
	if (rc >= 0)
		rc = testboard_project(r->project, t, ms_version, a, own, &beside, e);
	if (rc >= 0)
		rc = plan_projects(own, &beside, &options, a, &p->plan, e);
	if (rc < 0)
		return rc;

	struct device_service *d = &((struct plan_service *)p->plan.services.at[0])->device;

	p->service = d->name;
	p->image = d->image;
	d->restart_limit = 0;
	d->backoff_msec = 1;
	rc = find_orders(p, e);
	if (rc < 0)
		return rc;
	if (!r->options.list)
		testview_program(t->name);
	return run_chosen(p, e);
}
