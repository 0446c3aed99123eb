/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `ms test` hands to Ninja: the text of out/test.ninja of a service
 * project.
 *
 *	tests/test_<name>.c		a test program of its own, for the PC
 *	tests/fuzz_<name>.c		likewise, from a function that takes bytes
 *	tests/<other>.c			helpers: linked into each of them
 *	tests/services/<name>/<file>.c	another service, beside the one that is tested
 *
 *	out/test/obj/<source>.o		compiled
 *	out/test/<name>.o		a service, closed for one program (hostsim/prelink)
 *	out/test/test_<name>		a program
 *
 * As with `ms build`, Ninja runs in the project's folder and all paths of the
 * project are relative.
 */
#ifndef TESTFILE_H
#define TESTFILE_H

#include "buildfile.h"

#define TESTFILE_PATH "out/test.ninja"

struct testfile {
	struct buildfile build;		/* project, sdk and compiler, the host's, are given */
	const char *sdk_version;	/* for the projects beside it */
	bool sanitize;			/* look for bad accesses and undefined behaviour */
	bool coverage;			/* count what runs of the service under test */
	bool fuzz;			/* say what the service under test compares */
	bool orders;			/* of threads are looked for: each access of a service to shared memory is a point (hostsim/accesses.c) */
};

/* One program. */
struct test_program {
	const char *name;		/* "test_greeting" */
	const char *source;		/* "tests/test_greeting.c" */
	const char *path;		/* "out/test/test_greeting" */
	bool fuzzed;			/* its main is ours (hostsim/fuzz.h) */
};

/* Where gcc lays an object of the service under test: beside it come what it knows of the source (.gcno) and what ran (.gcda). */
const char *testfile_object(const char *source, struct arena *a);

/* The project's test programs, sorted, and behind them those that are fuzzed: struct test_program *.  -MS_EPROJECT when there is none. */
int testfile_programs(const struct project *p, bool fuzzed_too, struct arena *a, struct list *programs, struct err *e);

/* Write TESTFILE_PATH, if it changes. */
int testfile_write(const struct testfile *t, const struct list *programs, struct arena *a, struct err *e);

#endif
