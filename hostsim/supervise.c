/* SPDX-License-Identifier: Apache-2.0 */
#include "supervise.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "counters.h"
#include "origin.h"
#include "panic.h"
#include "parallel.h"
#include "said.h"
#include "search.h"
#include "seeded.h"
#include "testwanted.h"

static volatile sig_atomic_t told_to_end;	/* ms test has lost patience */

int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown);
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown);

/* One frame, in one write.  What it carries is one line already. */
__attribute__((format(printf, 2, 3)))
static void tell(const char *word, const char *format, ...)
{
	char line[1024];
	va_list args;
	int size = snprintf(line, sizeof(line), "%s ", word);

	va_start(args, format);
	size += vsnprintf(line + size, sizeof(line) - (size_t)size - 1, format, args);
	va_end(args);
	if ((size_t)size > sizeof(line) - 2)
		size = sizeof(line) - 2;
	line[size++] = '\n';
	if (write(STDOUT_FILENO, line, (size_t)size) != size)
		exit(2);
}

static void on_sigterm(int number)
{
	(void)number;
	told_to_end = 1;
}

/* "in poke at src/main.c:12", as far as it is known. */
static const char *where(uintptr_t pc)
{
	static char text[512];
	struct origin o = pc ? origin_of(pc) : (struct origin){ 0 };

	if (o.function && o.file)
		snprintf(text, sizeof(text), " in %s at %s:%d", o.function, o.file, o.line);
	else
		snprintf(text, sizeof(text), "%s%s", o.function ? " in " : "", o.function ? o.function : "");
	return text;
}

static enum test_verdict stuck(const struct outcome *o, char *reason, size_t size)
{
	if (*o->service)
		snprintf(reason, size, "thread %u of '%s' is busy%s", o->thread, o->service, where(o->pc));
	else
		snprintf(reason, size, "the test is busy%s", where(o->pc));
	return TEST_TIMED_OUT;
}

static enum test_verdict judge(const struct child *c, char *reason, size_t size)
{
	const struct outcome *o = &c->outcome;
	bool whole = c->got == sizeof(*o);

	*reason = '\0';
	if (whole && o->kind == OUTCOME_STUCK)
		return stuck(o, reason, size);
	if (told_to_end)
		return TEST_TIMED_OUT;
	if (whole && o->kind == OUTCOME_SANITIZER) {
		if (*o->service)
			snprintf(reason, size, "in thread %u of '%s': ", o->thread, o->service);
		said_summary(reason + strlen(reason), size - strlen(reason));
		return TEST_FAILED;
	}
	if (whole && o->kind == OUTCOME_CRASH) {
		snprintf(reason, size, "%s%s", strsignal(o->signal), where(o->pc));
		return TEST_CRASHED;
	}
	if (WIFSIGNALED(c->status)) {
		snprintf(reason, size, "%s", strsignal(WTERMSIG(c->status)));
		return TEST_CRASHED;
	}
	if (whole && WEXITSTATUS(c->status) == 0) {
		said_summary(reason, size);
		return o->verdict;
	}
	snprintf(reason, size, "the program ended itself with status %d", WEXITSTATUS(c->status));
	return TEST_EXITED;
}

static void say(void *word, const char *line)
{
	tell(word, "say %s", line);
}

struct attempt {
	const struct group *group;
	const struct CMUnitTest *test;
	uint64_t usec, hash;		/* in all; of the last */
	char reason[600];
};

static enum test_verdict attempt(struct schedule *s, void *context)
{
	struct attempt *a = context;
	struct child c = { 0 };

	said_clear();
	child_start(&c, a->group, a->test, s);
	child_listen(&c);
	a->usec += c.usec;
	a->hash = s->hash;
	return judge(&c, a->reason, sizeof(a->reason));
}

static void say_all(const char *word, const struct attempt *a, const char *how)
{
	const char *program = getenv(TESTFRAME_PROGRAM);

	said_each(say, (void *)word);
	if (*how)
		tell(word, "say in this order of threads: ms test --filter '%s/%s' %s", program ? program : "", a->test->name, how);
	if (getenv(TESTFRAME_SAY))
		tell(word, "say trace %016llx", (unsigned long long)a->hash);
}

/* Returns false when the time is over for the whole program. */
static bool run_one(const char *word, const struct group *g, const struct CMUnitTest *test)
{
	struct attempt a = { .group = g, .test = test };
	char how[800];

	tell(word, "begin %s", test->name);
	enum test_verdict verdict = search_schedules(attempt, &a, how, sizeof(how));

	if ((verdict != TEST_PASSED && verdict != TEST_SKIPPED) || getenv(TESTFRAME_SAY))
		say_all(word, &a, how);
	tell(word, "end %d %llu %s", verdict, (unsigned long long)a.usec, a.reason);
	return verdict != TEST_TIMED_OUT;
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
};

static bool run_chosen(void *context, size_t at)
{
	const struct batch *b = context;

	return !told_to_end && run_one(b->word, b->group, &b->tests[b->chosen[at]]);
}

static bool is_last(void *context, const char *line)
{
	const char *word = ((const struct batch *)context)->word;
	size_t size = strlen(word);

	return !strncmp(line, word, size) && !strncmp(line + size, " end ", 5);
}

/* Several at once, if there are several; returns false when the time was over. */
static bool run_all(struct batch *b, size_t count)
{
	const char *jobs = getenv(TESTFRAME_JOBS);
	struct parallel_work w = { .count = count, .jobs = jobs ? (unsigned)strtoul(jobs, NULL, 10) : 1, .run = run_chosen,
				   .is_last = is_last, .context = b };
	bool going = true;

	if (w.jobs > count)
		w.jobs = (unsigned)count;
	if (w.jobs > 1)
		return parallel_run(&w);
	for (size_t i = 0; going && i < count; i++)
		going = run_one(b->word, b->group, &b->tests[b->chosen[i]]);
	return going;
}

static void supervise(const char *word, const struct group *g, const struct CMUnitTest *tests, size_t count)
{
	size_t *chosen, chosen_count = choose(tests, count, &chosen);
	bool listing = getenv(TESTFRAME_LIST), going;

	counters_share();
	signal(SIGTERM, on_sigterm);
	if (listing)
		chosen_count = 0;
	tell(word, "plan %zu %s", chosen_count, g->name);
	if (listing)
		list(word, tests, count);
	going = run_all(&(struct batch){ word, g, tests, chosen }, chosen_count);
	free(chosen);
	if (!going)
		exit(0);
	tell(word, "done");
}

/* In place of cmocka's own, which runs all tests in one process. Without `ms test` above us, cmocka's runs: one process is what a debugger wants. */
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
				   CMFixtureFunction setup, CMFixtureFunction teardown)
{
	struct group g = { name, setup, teardown };
	const char *word = getenv(TESTFRAME_WORD);
	char *copy;

	if (!word)
		return __real__cmocka_run_group_tests(name, tests, count, setup, teardown);
	copy = strdup(word);
	if (!copy)
		panic("out of memory");
	unsetenv(TESTFRAME_WORD);
	supervise(copy, &g, tests, count);
	setenv(TESTFRAME_WORD, copy, 1);
	free(copy);
	return 0;
}
