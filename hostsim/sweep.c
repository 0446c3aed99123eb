/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include <stdbool.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "origin.h"
#include "pages.h"
#include "panic.h"
#include "site.h"

enum outcome_of_site { NOT_RUN, HANDLED, NOTICED, LEAKED, FOUND, FAULTED, CRASHED, HUNG, OUTCOME_COUNT };
enum { WORKER_MAX = 256, WHY_SIZE = 200, LIMIT_FACTOR = 20, LIMIT_USEC = 5000000 };

static const char *const outcome_text[OUTCOME_COUNT] = {
	[NOT_RUN] = "not run", [HANDLED] = "handled", [NOTICED] = "noticed", [LEAKED] = "leaked", [FOUND] = "found by a sanitizer",
	[FAULTED] = "stopped", [CRASHED] = "crashed", [HUNG] = "hung",
};

struct result {
	enum outcome_of_site outcome;
	char why[WHY_SIZE];
};

/* What all workers see. */
struct shared {
	struct site_list list;
	uint32_t next;
	struct result result[SITE_MAX + 1];	/* by the site's number */
};

static struct shared *shared(void)
{
	static struct shared *s;

	if (!s)
		s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (s == MAP_FAILED)
		panic_errno("cannot take memory for sites");
	return s;
}

static uint32_t count_of(const struct shared *s)
{
	return s->list.count < SITE_MAX ? s->list.count : SITE_MAX;
}

/* A test that has come to its end has not given back what it has not; one that stopped at an assertion cannot. */
static enum outcome_of_site judge(const struct sweep_run *run, const struct sweep_run *dry)
{
	switch (run->verdict) {
	case TEST_TIMED_OUT:
		return HUNG;
	case TEST_CRASHED:
	case TEST_EXITED:
		return CRASHED;
	default:
		if (run->outcome.kind == OUTCOME_SANITIZER)
			return FOUND;
		if (run->outcome.faults > dry->outcome.faults)
			return FAULTED;
		if (run->verdict == TEST_FAILED)
			return NOTICED;
		return run->outcome.ended && run->outcome.heap > dry->outcome.heap ? LEAKED : HANDLED;
	}
}

static void explain(enum outcome_of_site o, const struct sweep_run *run, const struct sweep_run *dry, char *why, size_t size)
{
	if (o == FAULTED)
		snprintf(why, size, "'%s' did: %s%s", run->outcome.fault_service, run->outcome.fault_cause, origin_where(run->outcome.fault_pc));
	else if (o == LEAKED)
		snprintf(why, size, "%llu bytes of the heap are not given back", (unsigned long long)(run->outcome.heap - dry->outcome.heap));
	else
		snprintf(why, size, "%.*s", WHY_SIZE - 1, run->reason);
}

static void try_sites(const struct sweep *w, const struct site_plan *plan, const struct sweep_run *dry, struct sweep_run *run, struct result *r)
{
	uint64_t limit = dry->usec * LIMIT_FACTOR;

	site_begin(plan);
	w->run(w->context, limit > LIMIT_USEC ? limit : LIMIT_USEC, run);
	r->outcome = judge(run, dry);
	explain(r->outcome, run, dry, r->why, sizeof(r->why));
}

static _Noreturn void work(const struct sweep *w, struct shared *s, const struct sweep_run *dry)
{
	SELDOM static struct sweep_run run;
	struct site_plan plan = { .chosen_count = 1 };

	while (!w->over()) {
		uint32_t number = __atomic_add_fetch(&s->next, 1, __ATOMIC_RELAXED);

		if (number > count_of(s))
			break;
		plan.chosen[0] = number;
		try_sites(w, &plan, dry, &run, &s->result[number]);
	}
	_exit(0);
}

static void run_all(const struct sweep *w, struct shared *s, const struct sweep_run *dry)
{
	pid_t workers[WORKER_MAX];
	unsigned count = w->jobs < WORKER_MAX ? w->jobs : WORKER_MAX;

	if (count > count_of(s))
		count = count_of(s);
	fflush(NULL);
	for (unsigned i = 0; i < count; i++) {
		workers[i] = fork();
		if (workers[i] < 0)
			panic_errno("cannot start a process");
		if (workers[i] == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			work(w, s, dry);
		}
	}
	for (unsigned i = 0; i < count; i++)
		waitpid(workers[i], NULL, 0);
}

/* "allocation of 'hello' in greet at src/greet.c:12" */
static void describe(const struct site *s, char *to, size_t size)
{
	size_t count;
	const struct area *areas = pages_areas(&count);

	snprintf(to, size, "%s of '%s'%s", site_name(s), s->area < count ? areas[s->area].instance.facts->name : "", origin_where(s->pc));
}

static void tell_bad(const struct sweep *w, const struct shared *s, uint32_t number)
{
	const struct result *r = &s->result[number];
	char text[800], id[16];

	describe(&s->list.at[number - 1], text, sizeof(text) - WHY_SIZE - 3);
	if (*r->why)
		snprintf(text + strlen(text), WHY_SIZE + 3, ": %s", r->why);
	snprintf(id, sizeof(id), "%u", number);
	w->tell(w->context, id, outcome_text[r->outcome], text);
}

/* All but the sites that were handled are told; returns whether all is well. */
static bool sum_up(const struct sweep *w, const struct shared *s, char *reason, size_t size)
{
	uint32_t seen[OUTCOME_COUNT] = { 0 }, count = count_of(s);
	size_t at;

	for (uint32_t number = 1; number <= count; number++) {
		seen[s->result[number].outcome]++;
		if (s->result[number].outcome > HANDLED)
			tell_bad(w, s, number);
	}
	at = (size_t)snprintf(reason, size, "%u site%s%s", s->list.count, s->list.count == 1 ? "" : "s", count ? ": " : "");
	for (int o = 0; o < OUTCOME_COUNT && at < size; o++) {
		if (seen[o])
			at += (size_t)snprintf(reason + at, size - at, "%s%u %s", reason[at - 1] == ' ' ? "" : ", ", seen[o], outcome_text[o]);
	}
	return seen[HANDLED] + seen[NOTICED] == s->list.count;
}

/* One run, in which what was chosen fails. */
static enum test_verdict run_chosen(const struct sweep *w, const struct shared *s, const struct sweep_run *dry, char *reason, size_t size)
{
	SELDOM static struct sweep_run run;
	struct site_plan plan = { 0 };
	struct result r;

	if (!site_read(&plan, w->chosen))
		panic("'%s' is no list of sites", w->chosen);
	if (plan.chosen[0] > s->list.count) {
		snprintf(reason, size, "there is no site %u: the test passes %u", plan.chosen[0], s->list.count);
		return TEST_SKIPPED;
	}
	try_sites(w, &plan, dry, &run, &r);
	if (plan.chosen[0] <= count_of(s))
		describe(&s->list.at[plan.chosen[0] - 1], reason, size);
	snprintf(reason + strlen(reason), size - strlen(reason), " fails: %s%s%s", outcome_text[r.outcome], *r.why ? ": " : "", r.why);
	return r.outcome == HANDLED ? TEST_PASSED : TEST_FAILED;
}

void sweep_begin_named(const char *chosen)
{
	struct site_plan plan = { 0 };

	if (!chosen)
		return;
	if (!site_read(&plan, chosen))
		panic("'%s' is no list of sites", chosen);
	site_begin(&plan);
}

enum test_verdict sweep_faults(const struct sweep *w, char *reason, size_t size)
{
	SELDOM static struct sweep_run dry;
	struct shared *s = shared();

	memset(s, 0, offsetof(struct shared, result));
	site_begin(&(struct site_plan){ .list = &s->list });
	w->run(w->context, 0, &dry);
	snprintf(reason, size, "%s", dry.reason);
	if (dry.verdict != TEST_PASSED)
		return dry.verdict;
	if (w->chosen)
		return run_chosen(w, s, &dry, reason, size);
	memset(s->result, 0, (count_of(s) + 1) * sizeof(*s->result));
	run_all(w, s, &dry);
	if (w->over())
		return TEST_TIMED_OUT;
	return sum_up(w, s, reason, size) ? TEST_PASSED : TEST_FAILED;
}
