/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a service its tests have run, as gcov tells it, merged over all
 * programs and all their tests.  Sources are the project's own: what the SDK's
 * headers bring is not counted.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "arena.h"
#include "err.h"
#include "project.h"

#define COVERAGE_FOLDER "out/test/coverage"

struct coverage_share { uint32_t covered, all; };

/* One line that has code; branches are the ways its conditions can go. */
struct coverage_line {
	uint32_t number;
	uint64_t count;
	struct list branches;		/* uint64_t *: how often each was taken */
};

struct coverage_file {
	const char *path;		/* relative to the project */
	struct list lines;		/* struct coverage_line *, by number */
	struct coverage_share lines_run, branches_taken;
};

struct coverage {
	struct list files;		/* struct coverage_file *, the one with most lines that did not run first */
	struct coverage_share lines_run, branches_taken;
};

/* Forget what earlier runs have counted. */
int coverage_forget(const struct project *p, struct arena *a, struct err *e);

/* Read what the programs have counted.  -MS_ETOOL without gcov. */
int coverage_read(const struct project *p, struct arena *a, struct coverage *out, struct err *e);

/* Write COVERAGE_FOLDER: index.html and a page for each source, without anything of elsewhere (coverage_html.c). */
int coverage_write(const struct project *p, const struct coverage *c, struct arena *a, struct err *e);

/* Read, write, and say it in a line. */
int coverage_tell(const struct project *p, struct arena *a, struct err *e);

/* "87.3 % (123 of 141)"; never 100.0 when something is missing. */
const char *coverage_share_text(struct coverage_share s, struct arena *a);

static inline uint32_t coverage_missing(struct coverage_share s)
{
	return s.all - s.covered;
}

#endif
