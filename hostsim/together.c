/* SPDX-License-Identifier: Apache-2.0 */
#include "together.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "panic.h"
#include "sanitizer.h"
#include "schedule.h"
#include "simdevice.h"

struct run {
	const struct group *group;
	const struct CMUnitTest *tests;
	const size_t *chosen;
	size_t count;
	struct together_result *results;
};

struct together_result *together_take(size_t count)
{
	struct together_result *r = mmap(NULL, count * sizeof(*r), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (r == MAP_FAILED)
		panic_errno("cannot take memory for results");
	return r;
}

void together_give(struct together_result *r, size_t count)
{
	munmap(r, count * sizeof(*r));
}

static uint64_t now_usec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static ssize_t forget(void *cookie, const char *text, size_t size)
{
	(void)cookie, (void)text;
	return (ssize_t)size;
}

/* The descriptors, and the streams, for which not even the system is asked. */
static void be_silent(void)
{
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	FILE *nobody = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = forget });

	if (nothing < 0 || !nobody)
		panic_errno("cannot write to nobody");
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	close(nothing);
	stdout = stderr = nobody;
	cmocka_set_message_output(CM_OUTPUT_TAP);	/* the fewest words */
}

static enum together_kind kind_of(enum test_verdict v, size_t allocated_before)
{
	if (v == TEST_SKIPPED)
		return TOGETHER_SKIPPED;
	if (v != TEST_PASSED)
		return TOGETHER_FAILED;
	return sanitizer_allocated() > allocated_before ? TOGETHER_UNSURE : TOGETHER_PASSED;
}

/* The first one makes what a process makes once, such as the buffers of its streams. */
static void run_all(void *context, int report)
{
	const struct run *r = context;
	pid_t self = getpid();

	onetest_begin(report);
	be_silent();
	for (size_t i = 0; i < r->count; i++) {
		struct together_result *result = &r->results[i];

		size_t allocated = sanitizer_allocated();
		uint64_t begun = now_usec();
		result->kind = TOGETHER_RUNNING;
		enum test_verdict v = onetest_verdict(r->group, &r->tests[r->chosen[i]]);
		if (getpid() != self)	/* a copy that the test itself has made */
			_exit(2);
		if (fcntl(report, F_GETFD) < 0)	/* a test that closes what is not its own */
			_exit(2);
		device_fresh();
		result->kind = kind_of(v, allocated);
		result->usec = now_usec() - begun;
	}
	_exit(0);
}

size_t together_run(const struct group *g, const struct CMUnitTest *tests, const size_t *chosen, size_t count,
		    struct together_result *results, struct outcome *stopped)
{
	struct run r = { g, tests, chosen, count, results };
	struct child c = { 0 };
	size_t got = 0;

	child_start(&c, run_all, &r);
	child_listen(&c);
	while (got < count && results[got].kind != TOGETHER_NOT_RUN)
		got++;
	*stopped = c.outcome;
	return got ? got : 1;
}
