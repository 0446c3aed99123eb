/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of processes share: one that runs, its lines, whether it is gone, and that no test leaves one behind. */
#ifndef PROCESS_CASE_H
#define PROCESS_CASE_H

#include "process.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "scratch.h"

#define MSEC UINT64_C(1000000)
#define SHELL(script) ((const char *const[]){ "sh", "-c", (script), NULL })

static struct process_result r;
static struct process p;
static struct err e;
static char line[200];

static inline uint64_t in_msec(uint64_t msec)
{
	return process_now_nsec() + msec * MSEC;
}

/* Is it running?  One that ended and waits to be reaped by whoever inherited it is not. */
static inline bool runs(pid_t pid)
{
	char state = 'Z';

	FILE *f = fopen(arena_printf(&scratch, "/proc/%d/stat", (int)pid), "r");
	if (!f)
		return false;
	int read = fscanf(f, "%*d (%*[^)]) %c", &state);

	fclose(f);
	return read == 1 && state != 'Z' && state != 'X';	/* not read: reaped since the file was opened */
}

static inline bool ends_within(pid_t pid, uint64_t msec)
{
	uint64_t deadline = in_msec(msec);

	while (runs(pid) && process_now_nsec() < deadline)
		usleep(5000);
	return !runs(pid);
}

static inline void next_line_is(const char *expected)
{
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
	assert_string_equal(line, expected);
}

/* After each test: no child is left, running or dead. */
static inline int end(void **state)
{
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		return -1;
	return scratch_remove(state);
}

#define process_test(f) cmocka_unit_test_setup_teardown(f, scratch_make, end)

#endif
