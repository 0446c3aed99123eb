/* SPDX-License-Identifier: Apache-2.0 */
#include "audit_tell.h"

#include <string.h>

#include "audit.h"
#include "logseen.h"
#include "moving.h"
#include "out.h"
#include "release.h"
#include "storebelief.h"
#include "tlog_files.h"

enum { TRIES = 3 };

struct finding { const char *file; struct err why; };
struct telling { const struct audit_telling *how; struct arena *arena; struct list kept; bool begun; };

static void show(const char *file, const struct err *why)
{
	out_line("%s%s%s  %s", out_red(), file, out_reset(), why->text);
	out_event("deviation", json_pack("{s:o, s:s, s:o}", "file", out_string(file), "code", why->id, "text", out_string(why->text)));
}

static void found(void *context, const char *file, const struct err *why)
{
	struct telling *t = context;
	struct finding *f;

	if (!t->how->moves) {
		show(file, why);
		return;
	}
	f = arena_new(t->arena, struct finding);
	*f = (struct finding){ arena_printf(t->arena, "%s", file), *why };
	list_push(&t->kept, t->arena, f);
}

static void now(void *context, const char *what, uint64_t at, uint64_t of)
{
	(void)context;
	moving_tell(what, at, of);
}

static const char *counted(uint64_t n, const char *what, const char *one, const char *many, struct arena *a)
{
	return arena_printf(a, "%llu %s%s", (unsigned long long)n, what, n == 1 ? one : many);
}

static void say_result(const struct audit *u, bool trusted, bool log_only, const char *key, struct arena *a)
{
	out_line("log %s%s%s: %s, %s, %s in the index", out_bold(), u->key.name, out_reset(),
		 counted(u->checkpoint.size, "entr", "y", "ies", a), counted(u->packages, "package", "", "s", a), counted(u->services, "service", "", "s", a));
	if (u->sources)
		out_line("%s beside packages", counted(u->sources, "source", "", "s", a));
	if (!u->has_index && !u->findings && !log_only)	/* where the log is not whole nobody has looked */
		out_line("there is no index");
	if (u->has_pages)
		out_line("pages: %s", counted(u->pages, "file", "", "s", a));
	if (!trusted)
		out_warn("the log is read by the key that it names itself; if you believe the store: ms key trust --store '%s'", strchr(key, '\'') ? "KEY" : key);
}

static void add_counts(const struct audit *u)
{
	out_field("packages", json_integer((json_int_t)u->packages));
	out_field("pages", u->has_pages ? json_integer((json_int_t)u->pages) : json_null());
	out_field("services", u->has_index ? json_integer((json_int_t)u->services) : json_null());
	out_field("sources", json_integer((json_int_t)u->sources));
}

/* Whose log it is and what its checkpoint says is known once it is believed; how much there is only once all was read. */
static void print_result(const struct audit *u, bool trusted, bool log_only, struct arena *a)
{
	const char *key = note_key_write(&u->key, a);

	if (u->whole)
		say_result(u, trusted, log_only, key, a);
	out_field("log", out_string(u->key.name));
	out_field("key", json_string(key));
	out_field("root", json_string(release_hex(u->checkpoint.root.at, TLOG_HASH_SIZE, a)));
	out_field("entries", json_integer((json_int_t)u->checkpoint.size));
	if (u->whole)
		add_counts(u);
}

/* What was seen of the log before is held against what is here: that it was another is one more thing that is wrong. */
static int check_seen(const struct storefiles *files, struct audit *u, struct bytes note, struct arena *a, struct err *e)
{
	struct tlog_files f = { files };
	struct tlog_tiles t = tlog_files_tiles(&f);

	int rc = logseen_check(&u->key, note, &t, a, e);
	if (rc == -MS_ESIGNATURE) {
		show("log/checkpoint", e);
		u->findings++;
	}
	return rc;
}

/* Is its checkpoint still the one that was audited? */
static bool is_same(const struct storefiles *files, struct bytes note, struct arena *a)
{
	struct bytes now;
	struct err ignored;

	return files->read(files->context, "log/checkpoint", NOTE_SIZE_MAX, a, &now, &ignored) == MS_OK && bytes_equal(now, note);
}

/* The belief, and the audit by it, once. */
static int run(const struct storefiles *files, struct telling *t, struct bytes *note, bool *trusted, struct audit *u, struct arena *a, struct err *e)
{
	struct audit_options o = { .log_only = t->how->log_only, .found = found, .now = now, .context = t, .more = t->how->more };
	struct note_key *key = arena_new(a, struct note_key);

	*u = (struct audit){ 0 };
	t->kept = (struct list){ 0 };
	int rc = storebelief_find(files, t->how->key, a, note, trusted, key, e);
	if (rc < 0)
		return rc;
	o.key = *trusted ? key : NULL;
	t->begun = true;
	rc = audit_run(files, &o, u, e);
	moving_end();
	return rc;
}

static int moves(const struct storefiles *files, struct err *e)
{
	err_set(e, ERR_STORE_MOVES, "'%s' was changed each time that it was audited", files->name);
	return err_fix(e, "mirror it, then audit the mirror: ms store mirror %s DIR && ms audit DIR", files->name);
}

int audit_tell(const struct storefiles *files, const struct audit_telling *how, struct arena *a, struct err *e)
{
	struct telling t = { .how = how, .arena = a };
	struct bytes note;
	struct audit u;
	bool trusted;

	int rc = run(files, &t, &note, &trusted, &u, a, e);
	if (!t.begun)
		return rc;
	/* Once more in any case: the index follows the checkpoint by a moment. */
	for (int i = 1; how->moves && t.kept.count && (i == 1 || !is_same(files, note, a)); i++) {
		audit_done(&u);
		if (i == TRIES)
			return moves(files, e);
		rc = run(files, &t, &note, &trusted, &u, a, e);
	}
	for (size_t i = 0; i < t.kept.count; i++)
		show(((const struct finding *)t.kept.at[i])->file, &((const struct finding *)t.kept.at[i])->why);
	if (u.key.name && u.checkpoint.origin)
		print_result(&u, trusted, how->log_only, a);
	if (trusted && rc == MS_OK)
		rc = check_seen(files, &u, note, a, e);
	out_field("trusted", json_boolean(trusted));
	out_field("deviations", json_integer((json_int_t)u.findings));
	audit_done(&u);
	return rc;
}
