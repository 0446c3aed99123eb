/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>

#include "audit_tell.h"
#include "file.h"
#include "storesend.h"
#include "storewish.h"

static struct audit_wish wish;

static const struct opt options[] = { AUDIT_OPTIONS(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms audit store", "does everything in a store's folder follow from its log?" },
	{ "ms audit --key store.example.org/log+5f0c3a1b+Aa... mirror", "of a store whose key is given" },
	{ "ms audit https://store.example.org", "of a store that is served, over the network" },
	{ "ms audit --log-only mirror", "the log alone: entries, hashes, signature" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "something does not follow: changed, missing, made up, older than what was seen, or another history" },
	{ 9, "of a URL: the store cannot be reached, or is changed all the time" },
	{ 0, NULL }
};

const struct page page_audit = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Replays a whole store, its own folder, a mirror, or what is served at a URL: entries have the hashes in the tiles, the tiles lead to the root that the checkpoint signs for, each entry follows from those before it, each "
		 "package is the one that its entry names and is signed by a key that its publisher had then, and each file of the index is, byte by byte, what log and packages give; of a mirror, each page too. What does not follow is named, with what "
		 "it should follow from.\n\n"
		 "The checkpoint is believed by the key that 'ms key trust --store' knows for its log, or by --key. Without either it is read by the key that the log itself names, and that is said: then the store is of one "
		 "piece, but it could be anybody's.\n\n"
		 "Of a log that is trusted the newest checkpoint is remembered: one that is older, or has another history, is refused the next time, and both checkpoints are kept as a proof.\n\n"
		 "Of a folder no network is used. Of a URL every entry, every file of the index and every package is read over it: where that is much, mirror it (ms store mirror URL DIR), which fetches only what is new, and audit the mirror.",
	.examples = examples,
	.statuses = statuses,
	.files = "reads the folder, and trust/stores/*.key in the folder of settings; writes stores/*.checkpoint in the folder of states.",
	.json = "an event 'deviation' for each thing that does not follow: file, code, text. Result: log, key, trusted, entries, root, packages, services (of the index; null: there is none), pages (files of them; null: there are none), deviations.",
};

/* What can make pages once more is ms-store. */
static bool needs_store(const char *where, struct arena *a)
{
	return strstr(where, "://") || file_exists(path_join(a, where, "pages.json")) || file_exists(path_join(a, where, "index.html"));
}

int cmd_audit(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct audit_telling t = { .key = wish.key, .log_only = wish.log_only };
	struct storefiles files = storefiles_folder(argv[1], a);

	return needs_store(argv[1], a) ? storesend(options, argc, argv, a, e) : audit_tell(&files, &t, a, e);
}
