/* SPDX-License-Identifier: Apache-2.0 */
/* ms store: hands what was asked for to ms-store, which lies beside this program. */
#include "cmd.h"

#include "companion.h"
#include "globals.h"

static const char *dir, *name, *address, *path, *certificate, *key, *ca, *reason, *why, *url, *token_file, *certificate_key;
static uint32_t rate_per_sec, idle_sec, admins;
static struct list urls;
static bool closed, proven, renew, no_pages, dry_run;

static const struct opt options[] = {
	OPT_TEXT('d', "dir", "DIR", &dir, OPT_FOLDER, "the store's folder, which holds all of it; serve makes it"),
	OPT_TEXT(0, "listen", "ADDRESS", &address, OPT_ANY, "serve: be reached under ADDRESS:PORT, port 0 for any that is free; by HTTP, or by HTTPS with --certificate"),
	OPT_TEXT(0, "socket", "PATH", &path, OPT_ANY, "serve: be reached by this Unix socket, as a proxy does"),
	OPT_LIST(0, "url", "URL", &urls, OPT_ANY, "serve: an address by which people know the store, where that is not what it listens on; may be given several times"),
	OPT_TEXT(0, "certificate", "FILE", &certificate, OPT_FILE, "serve: of the server, PEM; claim: of the domain, with those that lead to an authority behind it"),
	OPT_TEXT(0, "key", "KEY", &key, OPT_FILE, "serve: of the certificate; claim: to sign with, in place of your developer key; mirror: of the store's log, NAME+ID+KEY or a file with it"),
	OPT_TEXT(0, "ca", "FILE", &ca, OPT_FILE, "mirror: believe these authorities of HTTPS, PEM, in place of this computer's; serve: believe them about whose a domain is"),
	OPT_TEXT(0, "name", "NAME", &name, OPT_ANY, "serve: of a store that is made, for ever (default: one from its key)"),
	OPT_NUMBER(0, "rate", "N", &rate_per_sec, 1, 1000000, "serve: changes a second that one client may ask for, on average (default: 50)"),
	OPT_NUMBER(0, "idle", "SECONDS", &idle_sec, 1, 3600, "serve: end a line on which nothing comes for so long, or no whole header; a body may take four times that (default: 30)"),
	OPT_FLAG(0, "no-pages", &no_pages, "mirror: leave out the pages for browsers"),
	OPT_FLAG(0, "renew", &renew, "administrator: a new token in the place of the one in FILE, which ends, also while the store is served"),
	OPT_FLAG(0, "proven", &proven, "serve: name spaces are given to who proves to have the domain, by a certificate of one of --ca"),
	OPT_TEXT(0, "certificate-key", "FILE", &certificate_key, OPT_FILE, "claim: the private key of --certificate, PEM"),
	OPT_FLAG(0, "closed", &closed, "serve: name spaces are given by an administrator alone"),
	OPT_NUMBER(0, "admins", "N", &admins, 1, 2, "serve: 2: it takes two administrators to stop a version, and to let it go on (default: 1)"),
	OPT_TEXT(0, "reason", "TEXT", &reason, OPT_ANY, "quarantine, hold, release, remove: why: a word for programs, such as malware, or a sentence for people"),
	OPT_TEXT(0, "words", "TEXT", &why, OPT_ANY, "of the same: why, for people, where the reason is a word"),
	OPT_TEXT('s', "store", "URL", &url, OPT_ANY, "of the same, status, confirm, drop, approval: the store (default: MS_STORE, or the only one that you are logged in to)"),
	OPT_TEXT(0, "token-file", "FILE", &token_file, OPT_FILE, "of the same: the token is the first line of FILE, such as admin-token (default: the one of 'ms login')"),
	OPT_FLAG('n', "dry-run", &dry_run, "of the same, and sweep: say what would change, and change nothing"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms store serve --dir store --listen 127.0.0.1:8080", "a store for this computer, made if it is not there" },
	{ "ms store serve -d store --listen 192.0.2.7:443 --certificate C --key K", "one for others" },
	{ "ms store check --dir store", "is all there, and as the log says?" },
	{ "ms store mirror https://store.example.org mirror", "all of a store that is public, in a folder that any web server can serve" },
	{ "ms store rebuild --dir store", "make the database anew from log and packages" },
	{ "ms store quarantine example.org/hello 1.0.0 --reason malware", "nobody gets its bytes from now on" },
	{ "ms store quarantine a.org key:62591bf07a94cd03 --reason stolen", "all that a key has signed, and what it signs later" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 1, "serve: another program has the address or the store" },
	{ 7, "the folder is another store's, or damaged; mirror: what comes does not follow from the log, or the log is older or another" },
	{ 9, "mirror, quarantine and what goes with it: the store cannot be reached" },
	{ 10, "quarantine and what goes with it: your token may not, or does not count" },
	{ 0, NULL }
};

const struct page page_store = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "serve|check|rebuild|mirror|claim|quarantine|hold|release|remove|status|confirm|drop|approval|administrator|sweep",
	.about = "A store of signed services, served by one program; docs/store.md has what it can be asked.\n\n"
		 "serve: until Ctrl-C or SIGTERM, which lets what was begun be ended. A folder that is new becomes a store: its key, its log and an administrator's token in "
		 "the file admin-token, of mode 0600. A backup is a copy of the folder, taken while it is not served. A claim of a name space names the address that its signer dialled, and counts if that is the store's: what it listens on, "
		 "or, with a name of the network or a proxy before it, what --url says, and then nothing else.\n\n"
		 "check: each package is there with the hash that the log says, and database and index say what the log does, as does index.json, the list for OCI's tools, where it is not behind, which is said. rebuild: forgets all three, and makes them anew from log and packages.\n\n"
		 "sweep: removes packages that nothing in the log names, as a power cut may leave them, and those of removed versions, once they are so for a day; a store that is served does it by itself, at its start and once a day.\n\n"
		 "mirror STORE DIR: brings the public files of a store, a URL or a folder, into the folder DIR. Only what is new is fetched, and nothing is shown before all of it has been checked by the key that 'ms key trust --store' "
		 "knows, or by --key; an older store, one with another history and one that lacks what it signs for are told apart, and leave the mirror as it was. The store's pages come with it, made here from log and packages as plain files with links between them: any web server serves them, or open index.html. 'ms audit DIR' says whether they follow.\n\n"
		 "claim STORE URL VENDOR NONCE: prints what proves to the store of that name and address that you have your developer key, and with --certificate and --certificate-key that you have the domain, to be sent to it.\n\n"
		 "quarantine, hold, release, remove: what an administrator does, by a token of one, to VENDOR/NAME VERSION, to the package sha256:HASH, or to VENDOR key:KID, which is all that the key has signed. quarantine: others see that there is "
		 "such a version and why it is stopped, and get no bytes; nothing that a quarantined key signs is taken. hold: others do not see it until it is released. release: it is what it was before. remove: for ever; its bytes "
		 "are deleted after a day. Every change is in the store's log.\n\n"
		 "With serve --admins 2 an order waits until another administrator agrees: status shows which do, confirm ID agrees, drop ID takes it back; after a week it is gone. administrator FILE, of a store that is not served: a token for another administrator, in FILE, of mode 0600. With --renew the token in FILE is replaced, whether the store is served or not: the one before and those that were made by it end at once. Tokens that one administrator has made by 'ms token' do not count as another's.\n\n"
		 "approval VENDOR on|off: the owner of a name space says whether what is staged has to be approved by another person than who staged it (ms publish --stage, --approve).",
	.examples = examples,
	.statuses = statuses,
	.files = "All of a store lies in its folder. claim reads the developer key.",
	.json = "serve: an event 'store_door' (url, name) for each address at the start. check: an event 'store_fault' (text) for each fault; the result has entries, faults and oci_current (whether index.json is of the log as it is now). "
		"rebuild: the result has entries. claim: the result has claim. "
		"mirror: the result has log, entries, before (entries that were there already), packages and sources (that were fetched), requests, bytes, pages_changed (files of pages; null: without). "
		"quarantine, hold, release, remove, confirm: an event 'store_stopped' (name, version, before, state, sha256) for each version, at most 100; the result has order, versions (how many), pending (the id, while another administrator "
		"has to agree), repeated, dry_run. status: an event 'store_order' (id, order, what, account, ends) for each that waits; the result has administrators and orders. drop: pending. administrator: id. sweep: an event 'store_swept' (sha256, why: lost or removed, size) for each file; the result has swept, bytes, dry_run. approval: publisher, approval, dry_run.",
};

int cmd_store(int argc, char **argv, struct arena *a, struct err *e)
{
	struct list words = { 0 };

	companion_options(&words, options, a);
	globals_words(&words, a);
	return companion_become("ms-store", &words, argc, argv, a, e);
}
