/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>

#include "audit.h"
#include "file.h"
#include "logseen.h"
#include "release.h"
#include "storebelief.h"
#include "tlog_files.h"

static const char *key_word;
static bool log_only;

static const struct opt options[] = {
	OPT_TEXT('k', "key", "KEY", &key_word, OPT_ANY, "believe this key of the store's log: NAME+ID+KEY, or a file with that line"),
	OPT_FLAG(0, "log-only", &log_only, "look at the log alone, not at packages and index"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms audit store", "does everything in a store's folder follow from its log?" },
	{ "ms audit --key store.example.org/log+5f0c3a1b+Aa... mirror", "of a store whose key is given" },
	{ "ms audit --log-only mirror", "the log alone: entries, hashes, signature" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "something does not follow: changed, missing, made up, older than what was seen, or another history" },
	{ 0, NULL }
};

const struct page page_audit = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Replays a whole store, its own folder or a mirror: entries have the hashes in the tiles, the tiles lead to the root that the checkpoint signs for, each entry follows from those before it, each "
		 "package is the one that its entry names and is signed by a key that its publisher had then, and each file of the index is, byte by byte, what log and packages give. What does not follow is named, with what "
		 "it should follow from.\n\n"
		 "The checkpoint is believed by the key that 'ms key trust --store' knows for its log, or by --key. Without either it is read by the key that the log itself names, and that is said: then the store is of one "
		 "piece, but it could be anybody's.\n\n"
		 "Of a log that is trusted the newest checkpoint is remembered: one that is older, or has another history, is refused the next time, and both checkpoints are kept as a proof.\n\n"
		 "No network is used. A store behind a URL is mirrored first: ms store mirror URL DIR.",
	.examples = examples,
	.statuses = statuses,
	.files = "reads the folder, and trust/stores/*.key in the folder of settings; writes stores/*.checkpoint in the folder of states.",
	.json = "an event 'deviation' for each thing that does not follow: file, code, text. Result: log, key, trusted, entries, root, packages, services (of the index; null: there is none), deviations.",
};

static void found(void *context, const char *file, const struct err *why)
{
	(void)context;
	out_line("%s%s%s  %s", out_red(), file, out_reset(), why->text);
	out_event("deviation", json_pack("{s:o, s:s, s:o}", "file", out_string(file), "code", why->id, "text", out_string(why->text)));
}

static void now(void *context, const char *what, uint64_t at, uint64_t of)
{
	(void)context;
	if (of)
		out_progress("%llu of %llu %s", (unsigned long long)at, (unsigned long long)of, what);
	else
		out_progress("%llu %s", (unsigned long long)at, what);
}

static void print_result(const struct audit *u, bool trusted, struct arena *a)
{
	const char *key = note_key_write(&u->key, a);

	out_line("log %s%s%s: %llu entries, %llu packages, %llu services in the index", out_bold(), u->key.name, out_reset(),
		 (unsigned long long)u->checkpoint.size, (unsigned long long)u->packages, (unsigned long long)u->services);
	if (!u->has_index && !log_only)
		out_line("there is no index");
	if (!trusted)
		out_warn("the log is read by the key that it names itself; if you believe the store: ms key trust --store '%s'", key);
	out_field("log", out_string(u->key.name));
	out_field("key", json_string(key));
	out_field("root", json_string(release_hex(u->checkpoint.root.at, TLOG_HASH_SIZE, a)));
	out_field("entries", json_integer((json_int_t)u->checkpoint.size));
	out_field("packages", json_integer((json_int_t)u->packages));
	out_field("services", u->has_index ? json_integer((json_int_t)u->services) : json_null());
}

/* What was seen of the log before is held against what is here. */
static int check_seen(const struct storefiles *files, const struct audit *u, struct bytes note, struct arena *a, struct err *e)
{
	struct tlog_files f = { files };
	struct tlog_tiles t = tlog_files_tiles(&f);

	int rc = logseen_check(&u->key, note, &t, a, e);
	if (rc < 0)
		found(NULL, "log/checkpoint", e);
	return rc;
}

static int refuse_url(const char *url, struct err *e)
{
	err_set(e, ERR_OPERANDS, "'%s' is no folder", url);
	return err_fix(e, "mirror the store, then audit the mirror: ms store mirror %s DIR && ms audit DIR", url);
}

int cmd_audit(int argc, char **argv, struct arena *a, struct err *e)
{
	(void)argc;
	struct storefiles files = storefiles_folder(argv[1], a);
	struct audit_options o = { .log_only = log_only, .found = found, .now = now };
	struct note_key key;
	struct bytes note;
	struct audit u;
	bool trusted;

	if (strstr(argv[1], "://"))
		return refuse_url(argv[1], e);
	int rc = storebelief_find(&files, key_word, a, &note, &trusted, &key, e);
	if (rc < 0)
		return rc;
	o.key = trusted ? &key : NULL;
	rc = audit_run(&files, &o, &u, e);
	out_progress(NULL);
	if (u.key.name && u.checkpoint.origin)
		print_result(&u, trusted, a);
	if (trusted && rc == MS_OK)
		rc = check_seen(&files, &u, note, a, e);
	out_field("trusted", json_boolean(trusted));
	out_field("deviations", json_integer((json_int_t)u.findings + (rc < 0 && !u.findings)));
	audit_done(&u);
	return rc;
}
