/* SPDX-License-Identifier: Apache-2.0 */
/* ms store mirror: a store's public files in a folder, from a server or another folder, and its pages. */
#include <inttypes.h>
#include <string.h>

#include "connect.h"
#include "file.h"
#include "logseen.h"
#include "mirror.h"
#include "moving.h"
#include "out.h"
#include "process.h"
#include "remote_files.h"
#include "site.h"
#include "source.h"
#include "storebelief.h"
#include "storecommand.h"
#include "tlog_files.h"

static const char *s_of(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void tell(const struct mirror *m, const char *out, bool pages, uint64_t changed)
{
	out_say("%s: %" PRIu64 " entr%s, %" PRIu64 " of them new, %" PRIu64 " new package%s", out, m->checkpoint.size, m->checkpoint.size == 1 ? "y" : "ies", m->checkpoint.size - m->before,
		m->packages, s_of(m->packages));
	if (m->sources)
		out_say("and %" PRIu64 " new source package%s", m->sources, s_of(m->sources));
	if (pages && changed)
		out_say("new files of pages: %" PRIu64 "; open %s/index.html, or let any web server serve the folder", changed, out);
	out_field("pages_changed", pages ? json_integer((json_int_t)changed) : json_null());
	out_field("log", out_string(m->checkpoint.origin));
	out_field("entries", json_integer((json_int_t)m->checkpoint.size));
	out_field("before", json_integer((json_int_t)m->before));
	out_field("packages", json_integer((json_int_t)m->packages));
	out_field("requests", json_integer((json_int_t)m->requests));
	out_field("bytes", json_integer((json_int_t)m->bytes));
	out_field("sources", json_integer((json_int_t)m->sources));
}

/* The pages, from what is in the folder now.  None that are of an older log stay, whatever ended the last run. */
static int write_pages(const struct mirror *m, const struct note_key *key, const char *out, uint64_t *changed, struct arena *a, struct err *e)
{
	struct storefiles here = storefiles_folder(out, a);
	const struct site_source from = { &here, key, &m->checkpoint };

	return site_write(&from, out, changed, e);
}

/* What was seen of the log elsewhere counts here, too: before anything is taken, so that of a fork both checkpoints are kept. */
static int check_seen(const struct storefiles *files, struct bytes note, const struct note_key *key, struct arena *a, struct err *e)
{
	struct tlog_files f = { files };
	struct tlog_tiles t = tlog_files_tiles(&f);

	return logseen_check(key, note, &t, a, e);
}

/* What is mirrored now may have grown meanwhile. */
static int check_mirrored(const char *folder, const struct note_key *key, struct arena *a, struct err *e)
{
	struct storefiles files = storefiles_folder(folder, a);
	struct bytes note;

	int rc = files.read(files.context, "log/checkpoint", NOTE_SIZE_MAX, a, &note, e);
	return rc < 0 ? rc : check_seen(&files, note, key, a, e);
}

/* What a mirror has that was begun and is not shown yet. */
static bool is_begun(const char *name)
{
	return !strcmp(name, "log") || !strcmp(name, "index") || !strcmp(name, "blobs");
}

/* Is it a mirror, or nothing yet?  Pages take the place of what has their names, and what is theirs no more is removed: in no folder of somebody else's. */
static int check_out(const char *out, struct arena *a, struct err *e)
{
	const char *theirs = file_exists(path_join(a, out, "store.key")) ? "store.key" : NULL;
	struct list names = { 0 };

	if (!file_is_folder(out) || (!theirs && file_exists(path_join(a, out, "log/checkpoint"))))
		return MS_OK;
	int rc = file_list(out, a, &names, e);
	for (size_t i = 0; rc >= 0 && !theirs && i < names.count; i++)
		theirs = is_begun(names.at[i]) ? NULL : names.at[i];
	if (rc < 0 || !theirs)
		return rc;
	err_set(e, ERR_EXISTS, "'%s' is no mirror: it has '%s'", out, theirs);
	return err_fix(e, "name a folder of its own for the mirror, one that is empty or not there yet");
}

static int run(const struct store_request *r, const struct storefiles *from, struct arena *a, struct err *e)
{
	const char *out = r->operands[1];
	struct mirror m = { 0 };
	uint64_t changed = 0;
	struct note_key key;
	struct bytes note;
	bool trusted;

	int rc = storebelief_find(from, r->key, a, &note, &trusted, &key, e);
	if (rc >= 0 && !trusted)
		return source_refuse_unknown(from, note, a, e);
	if (rc >= 0)
		rc = check_seen(from, note, &key, a, e);
	if (rc >= 0)
		rc = mirror_run(from, &key, out, a, &m, e);
	if (rc >= 0)
		rc = check_mirrored(out, &key, a, e);
	if (rc >= 0 && !r->no_pages)
		rc = write_pages(&m, &key, out, &changed, a, e);
	if (rc >= 0)
		tell(&m, out, !r->no_pages, changed);
	return rc;
}

int command_mirror(const struct store_request *r, struct arena *a, struct err *e)
{
	const char *from = r->operands[0];
	const struct client_options o = { .ca = r->ca, .progress = connect_progress };
	struct client *c = NULL;

	process_catch_interrupt();
	if (check_out(r->operands[1], a, e) < 0)
		return e->code;
	if (strstr(from, "://") && client_open(from, &o, a, &c, e) < 0)
		return e->code;
	struct storefiles files = c ? remote_files(c) : storefiles_folder(from, a);
	int rc = run(r, &files, a, e);
	moving_end();
	client_close(c);
	return rc;
}
