/* SPDX-License-Identifier: Apache-2.0 */
/* ms add: ms-store finds, proves and fetches; then it is 'ms product add' of the file that came, or, for a service, what addservice.h says. */
#include "cmd.h"

#include <string.h>
#include <strings.h>

#include "addservice.h"
#include "file.h"
#include "folders.h"
#include "integrate_intake.h"
#include "logged.h"
#include "storeframe.h"
#include "storeoffer.h"
#include "storesend.h"
#include "storewish.h"

static struct fetch_wish wish;
static const char *trust_word, *vendor_name;
static bool dry_run;

static const struct opt options[] = {
	OPT_FLAG('n', "dry-run", &dry_run, "say what it asks for and whether it fits; fetch nothing, change nothing"),
	OPT_FLAG(0, "source", &wish.source, "take its source in place of the package, and build it here: what comes has to be that very package"),
	OPT_TEXT(0, "trust", "KEY", &trust_word, OPT_FILE, "believe its developer's key from now on, for its vendor alone: a file, or the key's id as the store's log has it"),
	OPT_TEXT(0, "vendor", "VENDOR", &vendor_name, OPT_ANY, "its vendor, in full, where it looks like another"),
	OPT_TEXT('k', "key", "KEY", &wish.key, OPT_ANY, "believe this key of the store's log: NAME+ID+KEY, or a file with that line"),
	STORE_FROM_OPTIONS(&wish.at),
	OPT_END
};

static const struct opt handed_on[] = { FETCH_OPTIONS(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms add example.org/hello --dry-run", "what does it ask for, and does it fit?" },
	{ "ms add example.org/hello --trust c6bc7dbdf032f485", "take it; its developer told you that this is the id of their key" },
	{ "ms add example.org/hello --source --trust c6bc7dbdf032f485", "its source, built here behind a wall, in place of what its developer built" },
	{ "ms add example.org/hello@1.0.0 --store mirror", "this version, from a mirror's folder, without a network" },
	{ "ms -C caller add example.org/adder --trust c6bc7dbdf032f485", "a service: its project gets the interfaces of the one that it calls" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command; for a service, it provides no interface; --source: it does not build" },
	{ 6, "--source: a tool is missing, or the kernel cannot wall the build off" },
	{ 7, "the store, its log or the package is not to be believed, it is not what its source gives, or its vendor looks like another" },
	{ 8, "it does not fit" },
	{ 9, "the store cannot be reached; do it again: what came already is not fetched twice" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_add = {
	.options = options,
	.about = "Takes a service, VENDOR/NAME or VENDOR/NAME@VERSION, out of a store and into the product in this folder. Without a version it is the highest that is live, or else deprecated; what was yanked or quarantined is not taken anew.\n\n"
		 "Before its package is fetched: the store's log is the one that you trust ('ms key trust --store', or --key), not older than what you saw of it and of the same history; the log has this version under this hash; what it asks for is said, "
		 "and whether it fits beside the services of the product, by the check of 'ms product check'. Then the package is fetched, which must have that hash, and goes the way of 'ms product add FILE': who signed it must be trusted by the product for its "
		 "vendor. The log names its publisher's key; whether that is theirs only they can tell you, and then --trust takes its id.\n\n"
		 "--source takes the source package that its publisher gave besides, by an entry of the log of its own, in place of the package: it is built behind a wall, without network, as 'ms product add' of such a file does, and what comes must have the SHA-256 that the "
		 "log has of the package; so nobody's word is taken for what is in it. The source stays beside the package. Which services have one is said by 'ms search' and before anything is fetched.\n\n"
		 "The proof that the log has it is kept beside the package, so that 'ms verify' finds it without the store. Nothing that was added is ever taken back by a store: where it was yanked since, 'ms install' gets it all the same, and warns.\n\n"
		 "In the folder of a service, which has a ms.yaml, it takes what a client needs: the interfaces that the package provides, with their headers and its licence, go to vendor/NAME, where builds look first. Whether it fits is then a product's to "
		 "say; --trust believes the key for this run alone ('ms key trust' for longer); 'requests: ipc' of ms.yaml names what is called, and 'ms lock' writes it down (docs/lock.md).",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock, packages/ with a .tlog-proof beside each package that came from a store, trust/; of a service vendor/. What was fetched stays in store/ of the cache.",
	.json = "An event 'offer' before anything is fetched: vendor, name, version, state, package (SHA-256), size, kid, source (SHA-256, or null), source_size, source_kid (who signed it), log, entry, calls, devices, shared, and for a product fits, why, target, flash, ram, needs. "
		"Then 'product_added' as of 'ms product add'. Result: added (false with --dry-run), package (the file, or null), proof, and with --source source and source_proof; of a service folder, in vendor/.",
};

static int check_folder(bool *is_service, struct err *e)
{
	*is_service = !file_exists(PRODUCT_FILE) && file_exists(PROJECT_FILE);
	if (*is_service && wish.source) {
		err_set(e, ERR_OPTIONS_DISAGREE, "--source builds a service for a product, and '%s' is the project of one that calls it", PROJECT_FILE);
		return err_fix(e, "leave out --source: a client takes the interfaces alone; in the product's folder, ms add builds the service");
	}
	if (*is_service || file_exists(PRODUCT_FILE))
		return MS_OK;
	err_set(e, ERR_ADD_WHERE, "there is neither '%s' nor '%s' here", PRODUCT_FILE, PROJECT_FILE);
	return err_fix(e, "go to the folder of a product or a service, or make one: ms product init --board BOARD --vendor VENDOR");
}

/* Ask what it is: all but the package.  A service is no frame into which it could fit. */
static int ask(char *word, bool is_service, json_t **offer, struct arena *a, struct err *e)
{
	char *words[] = { (char *)"fetch", word, NULL };

	int rc = is_service ? MS_OK : storeframe_product(".", a, &wish.frame, e);
	return rc < 0 ? rc : storesend_result(handed_on, 2, words, offer, a, e);
}

static bool is_same(const json_t *a, const json_t *b, const char *key)
{
	return !strcmp(storeoffer_text(a, key), storeoffer_text(b, key));
}

static const char *cached(const json_t *offer, const char *hash, struct arena *a)
{
	return path_join(a, folder_cache(a), arena_printf(a, "store/%s.msp", storeoffer_text(offer, hash)));
}

/* What came, and beside it its proof and its signer's key. */
static const char *fetched(void)
{
	return wish.source ? wish.source_into : wish.into;
}

/* The same again, with the package: this version, whatever was published meanwhile; and what was offered, said and found to fit, no other. */
static int fetch(const json_t *offer, struct arena *a, struct err *e)
{
	const char *vendor = storeoffer_text(offer, "vendor"), *name = storeoffer_text(offer, "name"), *version = storeoffer_text(offer, "version");
	char *words[] = { (char *)"fetch", arena_printf(a, "%s/%s@%s", vendor, name, version), NULL };
	json_t *again = NULL;

	wish.into = cached(offer, "package", a);
	wish.source_into = wish.source ? cached(offer, "source", a) : NULL;
	wish.frame = NULL;
	int rc = storesend_result(handed_on, 2, words, &again, a, e);
	if (rc >= 0 && !(is_same(offer, again, "package") && is_same(offer, again, "kid") && (!wish.source || (is_same(offer, again, "source") && is_same(offer, again, "source_kid"))))) {
		err_set(e, ERR_STORE_DIFFERS, "the store gave another %s/%s %s than the one that it had offered", vendor, name, version);
		rc = err_fix(e, "take it from another mirror, and tell who runs this one");
	}
	json_decref(again);
	return rc;
}

/* The id of the key that signed what is taken, as the log has it. */
static const char *signer(const json_t *offer)
{
	return storeoffer_text(offer, wish.source ? "source_kid" : "kid");
}

/* What looks like an id and is not the log's is no name of a file, either. */
static int check_trust(const json_t *offer, struct err *e)
{
	const char *kid = signer(offer), *vendor = storeoffer_text(offer, "vendor");
	bool is_id = trust_word && strlen(trust_word) == strlen(kid) && strspn(trust_word, "0123456789abcdefABCDEF") == strlen(kid);

	if (!is_id || file_exists(trust_word) || !strcasecmp(trust_word, kid))
		return MS_OK;
	err_set(e, ERR_REFUSED, "the log names the key %s for %s/%s %s, not %s", kid, vendor, storeoffer_text(offer, "name"), storeoffer_text(offer, "version"), trust_word);
	return err_fix(e, "ask %s whether that key is theirs, too: only they can tell", vendor);
}

/* The file of the key that is trusted, or NULL: the id of the key that the log names is the key that came with the package. */
static const char *trusted_file(const json_t *offer, struct arena *a)
{
	bool is_id = trust_word && !file_exists(trust_word) && !strcasecmp(trust_word, signer(offer));

	return is_id ? arena_printf(a, "%s.pem", fetched()) : trust_word;
}

static bool is_unknown(int rc, const struct archive_report *r)
{
	return rc == -MS_ESIGNATURE && r->signer_count && !r->signers[0].known && !r->signers[0].by.revoked;
}

/* What 'ms product add' would say of a key that nobody here knows is said with what is known from the log. */
static int explain(int rc, bool unknown, const json_t *offer, struct err *e)
{
	if (unknown && !trust_word)
		err_fix(e, "the log names the key %s for %s; ask them whether it is theirs, then: --trust %s", signer(offer), storeoffer_text(offer, "vendor"), signer(offer));
	return rc;
}

/* The proof beside the file in the product, as `ms verify` looks for it; both are named in the result, the proof as `field`. */
static int keep_proof(const struct intake *d, const char *from, const char *relative, const char *name, const char *field)
{
	struct arena *a = d->arena;
	const char *file = path_join(a, d->edit->product.root, relative), *to = logged_path(file, a);
	struct bytes proof;

	int rc = file_read(logged_path(from, a), TLOG_PROOF_FILE_MAX, a, &proof, d->e);
	if (rc >= 0)
		rc = file_update(to, proof, 0644, a, NULL, d->e);
	out_field(field, out_string(path_shown(a, to)));
	out_field(name, out_string(path_shown(a, file)));
	return rc;
}

static int keep_proofs(const struct intake *d)
{
	int rc = keep_proof(d, wish.into, d->relative, "package", "proof");

	return rc < 0 || !wish.source ? rc : keep_proof(d, wish.source_into, d->source_relative, "source", "source_proof");
}

static int take(const json_t *offer, struct arena *a, struct err *e)
{
	struct intake *d = arena_new(a, struct intake);
	struct integrate_edit edit;

	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	*d = (struct intake){ .edit = &edit, .arena = a, .e = e, .vendor_name = vendor_name, .wanted = storeoffer_text(offer, "package") };
	if (trust_word)
		list_push(&d->trust_files, a, (void *)trusted_file(offer, a));
	rc = integrate_take(d, fetched());
	rc = explain(rc, is_unknown(rc, &d->report), offer, e);
	if (rc >= 0)
		rc = keep_proofs(d);
	integrate_close(&edit);
	return rc;
}

static int take_for_service(const json_t *offer, struct arena *a, struct err *e)
{
	bool unknown = false;
	int rc = addservice_take(wish.into, trusted_file(offer, a), &unknown, a, e);

	return explain(rc, unknown, offer, e);
}

int cmd_add(int argc, char **argv, struct arena *a, struct err *e)
{
	json_t *offer = NULL;
	bool is_service;

	(void)argc;
	int rc = check_folder(&is_service, e);
	if (rc >= 0)
		rc = ask(argv[1], is_service, &offer, a, e);
	if (rc < 0)
		return rc;
	storeoffer_say(offer, wish.source, a);
	if (!is_service && !json_is_true(json_object_get(offer, "fits")))
		rc = storeoffer_misfit(offer, e);
	if (rc >= 0)
		rc = check_trust(offer, e);
	if (rc >= 0 && !dry_run)
		rc = fetch(offer, a, e);
	if (rc >= 0 && !dry_run)
		rc = is_service ? take_for_service(offer, a, e) : take(offer, a, e);
	if (rc >= 0)
		out_field("added", json_boolean(!dry_run));
	json_decref(offer);
	return rc;
}
