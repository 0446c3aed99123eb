/* SPDX-License-Identifier: Apache-2.0 */
/* ms search: what it is to fit into is worked out here; ms-store searches. */
#include "cmd.h"

#include "storeframe.h"
#include "storesend.h"
#include "storewish.h"

static struct search_wish wish;
static const char *fits;

static const struct opt options[] = {
	OPT_TEXT(0, "fits", "BOARD|DIR", &fits, OPT_BOARD, "only what would run on this board, or beside the services of the product in this folder"),
	SEARCH_OPTIONS(&wish),
	OPT_END
};

static const struct opt handed_on[] = { SEARCH_OPTIONS(&wish), FRAME_OPTION(&wish.frame), OPT_END };

static const struct example examples[] = {
	{ "ms search aes --store https://store.example.org", "services of whose vendor, name or summary a word begins so" },
	{ "ms search --category sensing temperature", "what measures temperatures" },
	{ "ms search --fits mps2-an386", "what would run on that board" },
	{ "ms search uart --fits .", "what has a place in the product here, and what it needs of others" },
	{ "ms search --store mirror --license Apache-2.0", "in a mirror's folder, without a network" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "--fits DIR: product.yaml is wrong" },
	{ 7, "what the store says of a service cannot be; --fits DIR: a package of the product is not to be believed" },
	{ 9, "the store cannot be reached" },
	{ 0, NULL }
};

const struct page page_search = {
	.options = options,
	.about = "Finds services in a store: of each the version that 'ms add' would take, with its targets, its licence, what it takes of flash and RAM, and whether its source is there, too ('ms add --source'). Each WORD begins a part of the vendor's or the service's name, or a word of its summary; without any it lists all. A store that is served takes small and capital letters, and those with an accent, for the same; in a folder only letters of ASCII are, and others are compared as they are. What follows the 16th word is not looked at. "
		 "What was yanked is not found, and what is deprecated only where nothing better is.\n\n"
		 "Categories ('categories' of ms.yaml):"
#define CATEGORY(number, name, title, what) " " #name " (" what ");"
#include "categories.def"
#undef CATEGORY
		 " a service may be of several.\n\n"
		 "--fits looks, from what the store's index says and before anything is fetched, whether it would fit: placement, devices, interfaces and shared memory are checked on this computer by the code of 'ms product check'. It counts "
		 "as granted whatever it asks for that somebody there has; what nobody there has is listed as needed. The store is not told what is in the product.\n\n"
		 "--store takes the folder of a store or of a mirror, too, and then no network is used. That a store says something is no proof: 'ms add' checks signature, log and hash, and 'ms audit' all of a store.",
	.examples = examples,
	.statuses = statuses,
	.json = "an event 'found' for each: vendor, name, version, state, targets, license, summary (or null), categories, source (SHA-256 of its source package, or null), fits (it was looked at, and does), needs (kind, name, weak). Result: services, next (for --cursor, or null).",
};

int cmd_search(int argc, char **argv, struct arena *a, struct err *e)
{
	int rc = fits ? storeframe_word(fits, a, &wish.frame, e) : MS_OK;

	return rc < 0 ? rc : storesend(handed_on, argc, argv, a, e);
}
