/* SPDX-License-Identifier: Apache-2.0 */
#include "cut.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backtrace.h"
#include "onetest.h"
#include "origin.h"
#include "panic.h"
#include "watchdog.h"

enum { BAD_MAX = 100, PATIENCE_SEC = 10 };	/* told of each share; for one check */

static const char *const extent_text[FLASH_EXTENTS] = {
	[FLASH_NOTHING] = "before it", [FLASH_HALF] = "after half of it", [FLASH_SOME_BITS] = "after some bits of it",
	[FLASH_OTHER_BITS] = "after other bits of it", [FLASH_ALL] = "right after it",
};

/* A cut that was not survived. */
struct bad {
	uint32_t number;		/* of the operation, from 1 on */
	enum flash_extent extent;
	struct flash_operation operation;
	uintptr_t pc;			/* where it was asked for; 0 */
	bool hung;
};

/* Of one share.  The process of a test, its copies and its parent see it. */
static struct list {
	uint32_t operations, cuts, lost;
	enum flash_extent now;		/* that a copy tries */
	struct bad bad[BAD_MAX];
} *lists, *list;			/* all, and that of this process */

static struct {
	bool all;
	unsigned share, shares;		/* of them: those whose number is `share` more than a multiple */
	uint32_t number;		/* the one cut that is wanted; 0: none */
	enum flash_extent extent;
} plan;

static struct {
	struct sim *sim;
	void (*check)(struct sim *s, void *context);
	void *context;
} look;

void cut_check(struct sim *s, void (*check)(struct sim *s, void *context), void *context)
{
	look.sim = s;
	look.check = check;
	look.context = context;
}

void cut_share(unsigned share, unsigned shares)
{
	plan.share = share;
	plan.shares = shares;
	list = &lists[share];
}

void cut_begin(const char *chosen)
{
	unsigned number = 0, extent = 0;

	if (!lists)
		lists = mmap(NULL, CUT_SHARES * sizeof(*lists), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (lists == MAP_FAILED)
		panic_errno("cannot take memory for power cuts");
	memset(lists, 0, CUT_SHARES * sizeof(*lists));
	cut_share(0, 1);
	if (chosen && (sscanf(chosen, "%u.%u", &number, &extent) != 2 || !number || extent >= FLASH_EXTENTS))
		panic("'%s' is no power cut", chosen);
	plan.all = !chosen;
	plan.number = number;
	plan.extent = (enum flash_extent)extent;
}

/* Once more from the beginning, with what is in the flash. */
static void cut(const struct flash_operation *o, enum flash_extent extent)
{
	simflash_do(o, extent);
	simflash_power_cycle();
	look.check(look.sim, look.context);
}

static void be_quiet(void)
{
	int nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	watchdog_begin(PATIENCE_SEC, SIGALRM);
}

/* In a copy: whoever fails the test, or crashes, ends it with another status (onetest.c). */
static _Noreturn void try_from(const struct flash_operation *o, enum flash_extent first)
{
	uint8_t before[SIMFLASH_SIZE];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	be_quiet();
	plan.all = false;
	simflash_read(before);
	for (enum flash_extent e = first; e < FLASH_EXTENTS; e++) {
		list->now = e;
		list->cuts++;
		watchdog_feed();
		simflash_write(before);
		cut(o, e);
	}
	_exit(0);
}

static void note_bad(const struct flash_operation *o, int status)
{
	if (list->lost < BAD_MAX)
		list->bad[list->lost] = (struct bad){ list->operations, list->now, *o, backtrace_own(), WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM };
	list->lost++;
}

static void try_all(const struct flash_operation *o)
{
	for (enum flash_extent e = FLASH_NOTHING; e < FLASH_EXTENTS; e = list->now + 1) {
		int status;
		pid_t pid = fork();

		if (pid < 0)
			panic_errno("cannot start a process");
		if (pid == 0)
			try_from(o, e);
		if (waitpid(pid, &status, 0) != pid || !status)
			return;
		note_bad(o, status);
	}
}

void cut_here(const struct flash_operation *o)
{
	if (!look.check || !list)
		return;
	if (plan.all || plan.number)
		list->operations++;
	if (plan.all && list->operations % plan.shares == plan.share) {
		fflush(NULL);
		try_all(o);
	} else if (plan.number && list->operations == plan.number) {
		plan.number = 0;
		list->cuts++;
		cut(o, plan.extent);
		onetest_pass();
	}
}

static int by_place(const void *a, const void *b)
{
	const struct bad *x = a, *y = b;

	return x->number != y->number ? (x->number > y->number) - (x->number < y->number) : (int)x->extent - (int)y->extent;
}

/* Those of all shares as if there were one, in the order of operations. */
static void merge(void)
{
	struct list *to = lists;

	for (struct list *from = lists + 1; from < lists + plan.shares; from++) {
		to->cuts += from->cuts;
		for (uint32_t i = 0; i < from->lost && i < BAD_MAX && to->lost + i < BAD_MAX; i++)
			to->bad[to->lost + i] = from->bad[i];
		to->lost += from->lost;
	}
	qsort(to->bad, to->lost < BAD_MAX ? to->lost : BAD_MAX, sizeof(*to->bad), by_place);
}

static void tell_bad(const struct bad *b, void (*tell)(void *context, const char *id, const char *outcome, const char *text), void *context)
{
	char id[32], text[700];

	snprintf(id, sizeof(id), "%u.%d", b->number, (int)b->extent);
	snprintf(text, sizeof(text), "the power fails %s, operation %u: %s at 0x%x%s", extent_text[b->extent], b->number,
		 b->operation.erases ? "erase" : "program", (unsigned)b->operation.at, origin_where(b->pc));
	tell(context, id, b->hung ? "hung" : "lost", text);
}

enum test_verdict cut_judge(enum test_verdict verdict, char *reason, size_t size,
			    void (*tell)(void *context, const char *id, const char *outcome, const char *text), void *context)
{
	if (verdict != TEST_PASSED)
		return verdict;
	merge();
	if (plan.all && !list->operations) {
		snprintf(reason, size, "no operation of flash behind a sim_power_cuts()");
		return TEST_SKIPPED;
	}
	if (!plan.all && !list->cuts) {
		snprintf(reason, size, "there is no operation %u: there are %u", plan.number, list->operations);
		return TEST_SKIPPED;
	}
	for (uint32_t i = 0; i < list->lost && i < BAD_MAX; i++)
		tell_bad(&list->bad[i], tell, context);
	snprintf(reason, size, "%u operation%s of flash, %u power cut%s: %u not survived", list->operations, list->operations == 1 ? "" : "s",
		 list->cuts, list->cuts == 1 ? "" : "s", list->lost);
	if (!list->lost)
		snprintf(reason, size, "%u operation%s of flash, %u power cut%s: all survived", list->operations, list->operations == 1 ? "" : "s",
			 list->cuts, list->cuts == 1 ? "" : "s");
	return list->lost ? TEST_FAILED : TEST_PASSED;
}
