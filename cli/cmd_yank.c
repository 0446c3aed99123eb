/* SPDX-License-Identifier: Apache-2.0 */
/* ms yank: ms-store does it. */
#include "cmd.h"

#include "storesend.h"
#include "storewish.h"

static struct yank_wish wish;
static const struct opt options[] = { YANK_OPTIONS(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms yank example.org/hello 1.0.0 --reason bug --replacement 1.0.1", "nobody new shall use it" },
	{ "ms yank example.org/hello 1.0.0 --deprecate --reason old", "say that there is something better" },
	{ "ms yank example.org/hello 1.0.0 --undo", "it was a mistake" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 9, "the store cannot be reached" },
	{ 10, "your token may not, or does not count" },
	{ 0, NULL }
};

const struct page page_yank = {
	.options = options,
	.about = "Withdraws a version of VENDOR/NAME that you have published. Search does not find it any more, and nobody adds it anew; whoever has it in a lock file keeps building, with a warning. It is not deleted, and the reason "
		 "is in the store's log for all to see. What is staged was never public, and is rejected, for ever.\n\n"
		 "--reason is a word for programs, as vulnerable, broken or old; a sentence is taken as well, and then the word is 'other'. --undo makes it live again.",
	.examples = examples,
	.statuses = statuses,
	.json = "The result has name, version, before and state (what it was and is), and dry_run.",
};

int cmd_yank(int argc, char **argv, struct arena *a, struct err *e)
{
	return storesend(options, argc, argv, a, e);
}
