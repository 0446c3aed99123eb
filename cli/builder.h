/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building a project: what `ms build` does, and `ms run`, `ms test` and
 * `ms package` do first.  One build at a time in a project; another waits.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include "image.h"
#include "project.h"

struct build_options {
	bool release;
	const char *target;	/* one target by name, or NULL for all of the manifest */
	const char *board;	/* the target that this board wants, or NULL */
	bool quiet;		/* say nothing about what was built */
};

/* One executable that was built; paths are as the caller can open them. */
struct built {
	uint8_t target;
	const char *debug, *elf, *img;
	struct image image;
};

struct build_result {
	struct built at[MANIFEST_TARGET_MAX];
	uint32_t count;
	uint32_t steps;		/* commands that ran: 0 when all was up to date */
};

/*
 * Bring out/ up to date.  The compiler's own words go to stderr as they come.
 * -MS_EPROJECT when the sources or the manifest are wrong, -MS_ETOOL without
 * a compiler, ninja or SDK.
 */
int build_project(const struct project *p, const struct build_options *o, struct arena *a,
		  struct build_result *out, struct err *e);

/* The same in two steps, for a verb that has its own Ninja file (`ms test`). */

/* Make out/ with its marker file and hold its lock, until file_unlock.  Says so when it has to wait. */
int build_lock(const struct project *p, struct arena *a, struct err *e);

/*
 * Run Ninja on a file of the project (relative to it) for the targets given
 * (NULL-terminated), in the project's folder.  Progress and the compiler's
 * words are shown; `steps` counts what ran.
 */
int ninja_run(const char *folder, const char *file, const char *const targets[], struct arena *a, uint32_t *steps, struct err *e);

#endif
