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
#include "storesend.h"
#include "storewish.h"

static struct fetch_wish wish;
static const char *trust_word, *vendor_name;
static bool dry_run;

static const struct opt options[] = {
	OPT_FLAG('n', "dry-run", &dry_run, "say what it asks for and whether it fits; fetch nothing, change nothing"),
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
	{ "ms add example.org/hello@1.0.0 --store mirror", "this version, from a mirror's folder, without a network" },
	{ "ms -C caller add example.org/adder --trust c6bc7dbdf032f485", "a service: its project gets the interfaces of the one that it calls" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command; for a service, it provides no interface" },
	{ 7, "the store, its log or the package is not to be believed, or its vendor looks like another" },
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
		 "The proof that the log has it is kept beside the package, so that 'ms verify' finds it without the store. Nothing that was added is ever taken back by a store: 'ms install' warns when it was yanked since.\n\n"
		 "In the folder of a service, which has a ms.yaml, it takes what a client needs: the interfaces that the package provides, with their headers and its licence, go to vendor/NAME, where builds look first. Whether it fits is then a product's to "
		 "say; --trust believes the key for this run alone ('ms key trust' for longer); 'requests: ipc' of ms.yaml names what is called, and 'ms lock' writes it down (docs/lock.md).",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock, packages/ with a .tlog-proof beside each package that came from a store, trust/; of a service vendor/. What was fetched stays in store/ of the cache.",
	.json = "An event 'offer' before anything is fetched: vendor, name, version, state, package (SHA-256), size, kid, log, entry, calls, devices, shared, and for a product fits, why, target, flash, ram, needs. "
		"Then 'product_added' as of 'ms product add'. Result: added (false with --dry-run), package (the file, or null), proof; of a service folder, in vendor/.",
};

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static void say_names(const json_t *o, const char *key, const char *what, struct arena *a)
{
	const json_t *all = json_object_get(o, key);
	struct text t = { 0 };

	for (size_t i = 0; i < json_array_size(all); i++)
		text_add(&t, a, "%s%s", i ? ", " : "", json_string_value(json_array_get(all, i)));
	if (t.size)
		out_line("  %s %s", what, t.at);
}

static void say_needs(const json_t *o)
{
	const json_t *all = json_object_get(o, "needs");

	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *n = json_array_get(all, i);

		out_line("  needs %s '%s', which no service here has%s", text_of(n, "kind"), text_of(n, "name"), json_is_true(json_object_get(n, "weak")) ? "; it can do without" : "");
	}
}

static void say_offer(json_t *o, struct arena *a)
{
	json_t *event = json_object();
	static const char *const keys[] = { "vendor", "name", "version", "state", "package", "size", "kid", "log", "entry", "calls", "devices", "shared", "fits", "why", "target", "flash", "ram", "needs" };

	out_line("%s/%s %s  %d bytes, SHA-256 %.16s...", text_of(o, "vendor"), text_of(o, "name"), text_of(o, "version"), (int)json_integer_value(json_object_get(o, "size")), text_of(o, "package"));
	out_line("  published by key %s, entry %d of '%s'", text_of(o, "kid"), (int)json_integer_value(json_object_get(o, "entry")), text_of(o, "log"));
	say_names(o, "calls", "asks to call", a);
	say_names(o, "devices", "asks for devices", a);
	say_names(o, "shared", "asks for shared memory", a);
	say_needs(o);
	if (json_is_true(json_object_get(o, "fits")))
		out_line("  fits: %s, flash %d, RAM %d", text_of(o, "target"), (int)json_integer_value(json_object_get(o, "flash")), (int)json_integer_value(json_object_get(o, "ram")));
	if (strcmp(text_of(o, "state"), "live"))
		out_warn("%s/%s %s is %s", text_of(o, "vendor"), text_of(o, "name"), text_of(o, "version"), text_of(o, "said"));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		json_object_set(event, keys[i], json_object_get(o, keys[i]));
	out_event("offer", event);
}

static int refuse_misfit(const json_t *o, struct err *e)
{
	const char *id = text_of(o, "why_code");

	err_set(e, strlen(id) == 6 ? (int)strtol(id + 2, NULL, 10) : ERR_NO_ROOM, "%s/%s %s does not fit: %s", text_of(o, "vendor"), text_of(o, "name"), text_of(o, "version"), text_of(o, "why"));
	return err_fix(e, "%s", text_of(o, "fix"));
}

static int check_folder(bool *is_service, struct err *e)
{
	*is_service = !file_exists(PRODUCT_FILE) && file_exists(PROJECT_FILE);
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
	return !strcmp(text_of(a, key), text_of(b, key));
}

/* The same again, with the package: this version, whatever was published meanwhile; and what was offered, said and found to fit, no other. */
static int fetch(const json_t *offer, struct arena *a, struct err *e)
{
	const char *vendor = text_of(offer, "vendor"), *name = text_of(offer, "name"), *version = text_of(offer, "version");
	char *words[] = { (char *)"fetch", arena_printf(a, "%s/%s@%s", vendor, name, version), NULL };
	json_t *again = NULL;

	wish.into = path_join(a, folder_cache(a), arena_printf(a, "store/%s.msp", text_of(offer, "package")));
	wish.frame = NULL;
	int rc = storesend_result(handed_on, 2, words, &again, a, e);
	if (rc >= 0 && !(is_same(offer, again, "package") && is_same(offer, again, "kid"))) {
		err_set(e, ERR_STORE_DIFFERS, "the store gave another %s/%s %s than the one that it had offered", vendor, name, version);
		rc = err_fix(e, "take it from another mirror, and tell who runs this one");
	}
	json_decref(again);
	return rc;
}

/* What looks like an id and is not the log's is no name of a file, either. */
static int check_trust(const json_t *offer, struct err *e)
{
	const char *kid = text_of(offer, "kid");
	bool is_id = trust_word && strlen(trust_word) == strlen(kid) && strspn(trust_word, "0123456789abcdefABCDEF") == strlen(kid);

	if (!is_id || file_exists(trust_word) || !strcasecmp(trust_word, kid))
		return MS_OK;
	err_set(e, ERR_REFUSED, "the log names the key %s for %s/%s %s, not %s", kid, text_of(offer, "vendor"), text_of(offer, "name"), text_of(offer, "version"), trust_word);
	return err_fix(e, "ask %s whether that key is theirs, too: only they can tell", text_of(offer, "vendor"));
}

/* The file of the key that is trusted, or NULL: the id of the key that the log names is the key that came with the package. */
static const char *trusted_file(const json_t *offer, struct arena *a)
{
	bool is_id = trust_word && !file_exists(trust_word) && !strcasecmp(trust_word, text_of(offer, "kid"));

	return is_id ? arena_printf(a, "%s.pem", wish.into) : trust_word;
}

static bool is_unknown(int rc, const struct archive_report *r)
{
	return rc == -MS_ESIGNATURE && r->signer_count && !r->signers[0].known && !r->signers[0].by.revoked;
}

/* What 'ms product add' would say of a key that nobody here knows is said with what is known from the log. */
static int explain(int rc, bool unknown, const json_t *offer, struct err *e)
{
	if (unknown && !trust_word)
		err_fix(e, "the log names the key %s for %s; ask them whether it is theirs, then: --trust %s", text_of(offer, "kid"), text_of(offer, "vendor"), text_of(offer, "kid"));
	return rc;
}

/* The proof beside the package, as `ms verify` looks for it. */
static int keep_proof(const struct intake *d, const char *relative, struct arena *a, struct err *e)
{
	const char *package = path_join(a, d->edit->product.root, relative), *to = logged_path(package, a);
	struct bytes proof;

	int rc = file_read(logged_path(wish.into, a), TLOG_PROOF_FILE_MAX, a, &proof, e);
	if (rc >= 0)
		rc = file_update(to, proof, 0644, a, NULL, e);
	out_field("proof", out_string(path_shown(a, to)));
	out_field("package", out_string(path_shown(a, package)));
	return rc;
}

static int take(const json_t *offer, struct arena *a, struct err *e)
{
	struct intake *d = arena_new(a, struct intake);
	struct integrate_edit edit;

	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	*d = (struct intake){ .edit = &edit, .arena = a, .e = e, .vendor_name = vendor_name };
	if (trust_word)
		list_push(&d->trust_files, a, (void *)trusted_file(offer, a));
	rc = integrate_take(d, wish.into);
	rc = explain(rc, is_unknown(rc, &d->report), offer, e);
	if (rc >= 0)
		rc = keep_proof(d, d->relative, a, e);
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
	say_offer(offer, a);
	if (!is_service && !json_is_true(json_object_get(offer, "fits")))
		rc = refuse_misfit(offer, e);
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
