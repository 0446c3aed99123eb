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
#include "source_archive.h"
#include "storesend.h"
#include "storewish.h"

static struct publish_wish wish;
static struct build_options build = { .all = true };
static const char *key;
static bool source;

static const struct opt options[] = {
	PUBLISH_OPTIONS(&wish),
	OPT_FLAG(0, "source", &source, "of a project: its sources, too, for all to read and for ever, in the source package of 'ms package --source'"),
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
	{ "ms publish --source --dry-run hello", "which sources would be public, if they went with it?" },
	{ "ms publish hello-1.0.0-source.msp", "the source of a version that is in the store already" },
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
		 "First all is checked here as 'ms verify' does: signatures, hashes, the bill of materials, the licence. What will be public is listed: the files of the package, and nothing else; sources do not go with it unless --source says so. "
		 "The store checks it again. --dry-run does all of that, and changes nothing.\n\n"
		 "--source sends the source package after the package, made as 'ms package --source' does: a private key or a link out of the project stops it, and what is hidden or in .gitignore is not in it. Its files are listed, too; whoever "
		 "reads the store has them then, and nobody can take them back. 'ms add --source' builds from them the very package. What is there without its source gets it later by its source package as PACKAGE, once and never another one.\n\n"
		 "When the line is cut, or the store is started anew, it asks again for about a quarter of a minute, with longer and longer waits. A package that is there already is not sent, and that is a success: it can be run again until it ends with 0.\n\n"
		 "Then the store's proof that its log has the package is written beside it; it is checked by the key of 'ms key trust --store', and good without the store from then on ('ms verify').\n\n"
		 "--stage and --approve are for two people, or for a build server and a person: approving compares with the package at hand.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads the package, or what 'ms package' reads, and the token of 'ms login'. Writes PACKAGE.tlog-proof, and for a project out/NAME-VERSION.msp, with --source out/NAME-VERSION-source.msp; likewise a .tlog-proof of that.",
	.json = "An event 'public_file' (file, size) for each file that becomes public, those of a source package as source/... The result has store, name, version, sha256, state, repeated (it was there already), dry_run, proof (the file) and checked (whether the proof was, by a key that is trusted). Of a source that goes along, or by itself: source (SHA-256), source_size, source_repeated, source_proof, source_checked; by itself state is that of its version.",
};

/* What goes to the store, in this order. */
struct sending { const char *package, *source, *vendor; };	/* files; one of them may be NULL */

static int write_into(const struct packaging *w, struct bytes content, const char *kind, struct arena *a, const char **file, struct err *e)
{
	*file = path_shown(a, path_join(a, w->project.root, arena_printf(a, "out/%s-%s%s.msp", w->project.name, w->project.version_text, kind)));
	return file_replace(*file, content, 0644, a, e);
}

/* The packages of a project, as `ms package` leaves them. */
static int pack(const char *folder, struct arena *a, struct sending *s, struct err *e)
{
	struct packaging *w = arena_new(a, struct packaging);

	int rc = source ? packaging_make_source(folder, &build, key, a, w, e) : packaging_make(folder, &build, key, a, w, e);
	if (rc >= 0)
		rc = build_folder(w->project.root, a, e);
	if (rc >= 0)
		rc = write_into(w, w->package, "", a, &s->package, e);
	if (rc >= 0 && source)
		rc = write_into(w, w->source, "-source", a, &s->source, e);
	return rc;
}

static int verify(struct bytes content, const char *file, const struct believer *by, struct arena *a, const char **vendor, struct err *e)
{
	struct archive_report *r = arena_new(a, struct archive_report);
	struct source_report *of = arena_new(a, struct source_report);
	bool is_source = source_is(content);

	int rc = is_source ? source_verify(content, file, by, a, of, e) : archive_verify(content, file, by, a, r, e);
	if (rc >= 0)
		*vendor = arena_string(a, identity_vendor(is_source ? of->manifest : r->manifest));
	return rc;
}

/* Nothing leaves this computer that its owner would not believe. */
static int check(const char *file, struct arena *a, const char **vendor, struct err *e)
{
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
	return verify(content, file, &by, a, vendor, e);
}

static int check_all(struct sending *s, struct arena *a, struct err *e)
{
	int rc = s->package ? check(s->package, a, &s->vendor, e) : MS_OK;

	return rc < 0 || !s->source ? rc : check(s->source, a, &s->vendor, e);
}

/* A file is what it is: a package, or the source of one that is in the store already. */
static int take_file(const char *file, struct arena *a, struct sending *s, struct err *e)
{
	struct bytes content;
	int rc = file_read(file, PACKAGE_SIZE_MAX, a, &content, e);

	if (rc < 0)
		return rc;
	bool is_source = source_is(content);
	*(is_source ? &s->source : &s->package) = file;
	if (is_source && (wish.stage || wish.approve)) {
		err_set(e, ERR_OPTIONS_DISAGREE, "'%s' is a source package, and only a package is staged and approved", file);
		return err_fix(e, "leave out --%s: a source is there for whoever may see its version", wish.stage ? "stage" : "approve");
	}
	if (source && !is_source) {
		err_set(e, ERR_OPTIONS_DISAGREE, "--source makes the source package of a project, and '%s' is a package", file);
		return err_fix(e, "name the project's folder; or its source package by itself: ms publish NAME-VERSION-source.msp");
	}
	return MS_OK;
}

static int check_options(struct err *e)
{
	if (wish.stage && wish.approve)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--stage and --approve do not go together");
	if (!source || !wish.approve)
		return MS_OK;
	err_set(e, ERR_OPTIONS_DISAGREE, "--source and --approve do not go together: a source is not approved");
	return err_fix(e, "send it with --stage, or at any time by itself: ms publish NAME-VERSION-source.msp");
}

int cmd_publish(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *what = argc > 1 ? argv[1] : ".", *claim = NULL;
	struct sending s = { 0 };

	int rc = check_options(e);
	if (rc >= 0)
		rc = file_is_folder(what) ? pack(what, a, &s, e) : take_file(what, a, &s, e);
	if (rc >= 0)
		rc = check_all(&s, a, e);
	if (rc >= 0 && wish.claim && !wish.dry_run)
		rc = storesend_claim(&wish.at, s.vendor, key, a, &claim, e);
	if (rc < 0)
		return rc;
	wish.claimed = claim != NULL;
	wish.claim = false;

	const char *words[] = { argv[0], s.package ? s.package : s.source, s.package ? s.source : NULL, NULL };
	int count = words[2] ? 3 : 2;
	return claim ? storesend_text(handed_on, claim, count, (char **)words, a, e) : storesend(handed_on, count, (char **)words, a, e);
}
