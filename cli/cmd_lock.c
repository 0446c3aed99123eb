/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"
#include "locking.h"

static const struct example examples[] = {
	{ "ms lock", "write down what this project takes from others" },
	{ "ms build --locked", "build, but only if that is still true" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "ms.yaml or product.yaml is wrong, or what it needs is not there" },
	{ 7, "a package of the product is not to be believed" },
	{ 0, NULL }
};

const struct page page_lock = {
	.complete = OPT_FOLDER,
	.about = "Writes ms.lock: the interfaces that the project in DIR (default: here) calls and leaves to its neighbours, with their version, and the "
		 "SHA-256 of each header; of a product its packages and runtime, in product.lock. From then on a build stops with status 11 when it finds something else, and names it with "
		 "both hashes. Builds read ms.lock and never write it; with --locked it must be complete, too.\n\n"
		 "Put it under version control. After a change that is wanted, run 'ms lock' again.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads ms.yaml or product.yaml and what it names; writes ms.lock or product.lock beside it (docs/lock.md).",
	.json = "An event \"written\": path, changed.",
};

int cmd_lock(int argc, char **argv, struct arena *a, struct err *e)
{
	struct locking *l = arena_new(a, struct locking);

	int rc = locking_find(argc > 1 ? argv[1] : ".", a, l, e);
	return rc < 0 ? rc : locking_write(l, a, e);
}
