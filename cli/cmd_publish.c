/* SPDX-License-Identifier: Apache-2.0 */
/* ms publish: builds, packs and believes here; ms-store sends. */
#include "cmd.h"

#include "archive.h"
#include "belief.h"
#include "file.h"
#include "identity.h"
#include "locking.h"
#include "packaging.h"
#include "passphrase.h"
#include "storesend.h"
#include "storewish.h"

static struct publish_wish wish;
static struct build_options build = { .all = true };
static const char *key;

static const struct opt options[] = {
	PUBLISH_OPTIONS(&wish),
	OPT_FLAG('r', "release", &build.release, "of a project: leave assertions out (-DNDEBUG)"),
	OPT_TEXT('k', "key", "FILE", &key, OPT_FILE, "of a project, and with --claim: sign with this private key, a file or pkcs11:URI (default: your developer key)"),
	LOCKING_OPTIONS,
	PASSPHRASE_OPTION,
	OPT_END
};

static const struct opt handed_on[] = { PUBLISH_OPTIONS(&wish), CLAIMED_OPTION(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms publish --dry-run", "would the project in this folder be taken, and what would be public?" },
	{ "ms publish --claim hello", "build it, pack it, claim the vendor's name space, publish it" },
	{ "ms publish --stage out/hello-1.0.0.msp", "as a build server does, by a token of scope stage" },
	{ "ms publish --approve out/hello-1.0.0.msp", "what is staged is this very package: others shall see it" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "the project does not build" },
	{ 7, "the package is refused: here, by the store, or its proof by the key of the store's log" },
	{ 8, "the package is for another version than this ms or the store knows" },
	{ 9, "the store cannot be reached; do it again: what is there already is not sent twice" },
	{ 10, "your token may not, or does not count" },
	{ 0, NULL }
};

const struct page page_publish = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Puts a package into a store, for all to see and for ever: a version is given once. PACKAGE is a file (.msp), or the folder of a project (default: here), which is built and packed as 'ms package' does.\n\n"
		 "First all is checked here as 'ms verify' does: signatures, hashes, the bill of materials, the licence. What will be public is listed: the files of the package, and nothing else; sources never go with it. "
		 "The store checks it again. --dry-run does all of that, and changes nothing.\n\n"
		 "When the line is cut, or the store is started anew, it asks again for about a quarter of a minute, with longer and longer waits. A package that is there already is not sent, and that is a success: it can be run again until it ends with 0.\n\n"
		 "Then the store's proof that its log has the package is written beside it; it is checked by the key of 'ms key trust --store', and good without the store from then on ('ms verify').\n\n"
		 "--stage and --approve are for two people, or for a build server and a person: approving compares with the package at hand.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads the package, or what 'ms package' reads, and the token of 'ms login'. Writes PACKAGE.tlog-proof, and for a project out/NAME-VERSION.msp.",
	.json = "An event 'public_file' (file, size) for each file that becomes public. The result has store, name, version, sha256, state, repeated (it was there already), dry_run, proof (the file) and checked (whether the proof was, by a key that is trusted).",
};

/* The package of a project, as `ms package` leaves it. */
static int pack(const char *folder, struct arena *a, const char **file, struct err *e)
{
	struct packaging *w = arena_new(a, struct packaging);

	int rc = packaging_make(folder, &build, key, a, w, e);
	if (rc >= 0)
		rc = build_folder(w->project.root, a, e);
	if (rc < 0)
		return rc;
	*file = path_shown(a, path_join(a, w->project.root, arena_printf(a, "out/%s-%s.msp", w->project.name, w->project.version_text)));
	return file_replace(*file, w->package, 0644, a, e);
}

/* Nothing leaves this computer that its owner would not believe. */
static int check(const char *file, struct arena *a, const char **vendor, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct list keys = { 0 };
	struct belief belief;
	struct bytes content;

	if (key)
		list_push(&keys, a, (void *)key);
	int rc = file_read(file, PACKAGE_SIZE_MAX, a, &content, e);
	if (rc >= 0)
		rc = belief_init(&belief, &keys, a, e);
	if (rc < 0)
		return rc;
	struct believer by = belief_of(&belief);
	rc = archive_verify(content, file, &by, a, r, e);
	if (rc >= 0)
		*vendor = arena_string(a, identity_vendor(r->manifest));
	return rc;
}

int cmd_publish(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *what = argc > 1 ? argv[1] : ".", *file = what, *vendor, *claim = NULL;
	int rc = MS_OK;

	if (wish.stage && wish.approve)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--stage and --approve do not go together");
	if (file_is_folder(what))
		rc = pack(what, a, &file, e);
	if (rc >= 0)
		rc = check(file, a, &vendor, e);
	if (rc >= 0 && wish.claim && !wish.dry_run)
		rc = storesend_claim(&wish.at, vendor, key, a, &claim, e);
	if (rc < 0)
		return rc;
	wish.claimed = claim != NULL;
	wish.claim = false;

	char *words[] = { argv[0], (char *)file, NULL };
	return claim ? storesend_text(handed_on, claim, 2, words, a, e) : storesend(handed_on, 2, words, a, e);
}
