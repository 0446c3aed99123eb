/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building a project: what `ms build` does, and `ms run`, `ms test` and
 * `ms package` do first.  One build at a time in a project; another waits.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include "image.h"
#include "project.h"

/* In out/: the file that says it is ours, and the one that whoever works in it has locked. */
#define BUILD_MARK ".ms-out"
#define BUILD_LOCK ".lock"

/* Which targets: without all, target and board those that the manifest lists, or else the one for the default board. */
struct build_options {
	bool release;
	const char *cc;		/* "gcc" or "clang"; NULL: as the manifest says */
	bool over_budget;	/* also what takes more than the project's budget */
	bool all;		/* every target of the manifest; of the SDK when it lists none */
	const char *target;	/* one target by name, or NULL */
	const char *board;	/* the target that is best for this board, which must hold it; or NULL */
};

/* One executable that was built; paths are absolute. */
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
 * a compiler, ninja or SDK, -MS_EINTR when the user stopped it.
 */
int build_project(const struct project *p, const struct build_options *o, struct arena *a,
		  struct build_result *out, struct err *e);

/* Does clang compile it? */
bool build_by_clang(const struct project *p, const struct build_options *o);

/* Make the folder out/ below `root`, marked as ours; a folder of somebody else's is left alone: -MS_EPROJECT. */
int build_folder(const char *root, struct arena *a, struct err *e);

/*
 * For a verb that has a Ninja file of its own (`ms test`, by ninja.h): make
 * out/ with its marker file and hold its lock until file_unlock.  Says so
 * when it has to wait.
 */
int build_lock(const struct project *p, struct arena *a, struct err *e);

/* The same for a product's folder, or any that has an out/ of ours; the name is for people. */
int build_lock_folder(const char *root, const char *name, struct arena *a, struct err *e);

#endif
