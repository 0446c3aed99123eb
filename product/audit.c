/* SPDX-License-Identifier: Apache-2.0 */
#include "audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit_parts.h"
#include "storebelief.h"
#include "tlog_files.h"

void audit_found_err(struct auditing *d, const char *file, const struct err *why)
{
	if (d->u->findings++ == 0)
		d->first = *why;
	if (d->u->findings <= AUDIT_FINDING_MAX)
		d->o->found(d->o->context, file, why);
}

void audit_found(struct auditing *d, int code, const char *file, const char *format, ...)
{
	char text[800];
	struct err why;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	err_set(&why, code, "%s", text);
	audit_found_err(d, file, &why);
}

void audit_now(const struct auditing *d, const char *what, uint64_t at, uint64_t of)
{
	if (d->o->now)
		d->o->now(d->o->context, what, at, of);
}

/* Where they differ, for people. */
static size_t first_difference(struct bytes a, struct bytes b)
{
	size_t i = 0;

	while (i < a.size && i < b.size && a.at[i] == b.at[i])
		i++;
	return i;
}

void audit_compare(struct auditing *d, int code, const char *path, struct bytes expected, const char *follows_from)
{
	struct arena scratch = { 0 };
	struct bytes content;
	struct err why;

	int rc = d->files->read(d->files->context, path, expected.size + 1, &scratch, &content, &why);
	if (rc == -MS_ENOENT)
		audit_found(d, code, path, "'%s' is missing: it follows from %s", path, follows_from);
	else if (rc < 0 && rc != -MS_EFBIG)
		audit_found_err(d, path, &why);
	else if (rc < 0 || !bytes_equal(content, expected))
		audit_found(d, code, path, "'%s' does not follow from %s: it differs at byte %zu", path, follows_from,
			    rc < 0 ? expected.size : first_difference(content, expected));
	arena_done(&scratch);
}

int audit_walk(const struct storefiles *files, const char *folder, struct arena *a, struct list *paths, struct err *e)
{
	struct list names = { 0 };

	if (!files->list)
		return MS_OK;
	int rc = files->list(files->context, folder, a, &names, e);
	for (size_t i = 0; rc == MS_OK && i < names.count; i++) {
		char *path = arena_printf(a, "%s/%s", folder, (const char *)names.at[i]);
		size_t size = strlen(path);

		if (path[size - 1] != '/') {
			list_push(paths, a, path);
			continue;
		}
		path[size - 1] = '\0';
		rc = audit_walk(files, path, a, paths, e);
	}
	return rc;
}

/* The key that the log's first entry names: what is said by it is at least of one piece. */
static int own_key(struct auditing *d, struct bytes note, const char *path, struct arena *a, struct note_key *out, struct err *e)
{
	struct bytes bundle, entry = { 0 };
	struct checkpoint c;
	struct leaf l;

	int rc = checkpoint_peek(note, path, a, &c, e);
	if (rc == MS_OK)
		rc = tlog_files_bundle(d->files, 0, tlog_tile_width(TLOG_ENTRIES, 0, c.size), a, &bundle, e);
	if (rc == MS_OK) {
		tlog_bundle_next(&bundle, &entry);
		rc = leaf_read(entry, a, &l, e);
	}
	if (rc == MS_OK && l.kind != LEAF_STORE)
		rc = err_set(e, ERR_LOG_FOLLOWS, "the first entry of '%s' does not say whose log it is", d->files->name);
	if (rc == MS_OK)
		note_key_init(out, arena_string(a, l.origin), l.log_key.at);
	return rc;
}

static int believe(struct auditing *d, struct err *e)
{
	struct audit *u = d->u;
	struct arena *a = &u->ledger.arena;
	const char *path = arena_printf(a, "%s/log/checkpoint", d->files->name);
	struct bytes note;
	int rc;

	rc = d->files->read(d->files->context, "log/checkpoint", NOTE_SIZE_MAX, a, &note, e);
	if (rc == -MS_ENOENT)
		return storebelief_no_store(d->files, e);
	if (rc == MS_OK && d->o->key)
		u->key = *d->o->key;
	else if (rc == MS_OK)
		rc = own_key(d, note, path, a, &u->key, e);
	return rc < 0 ? rc : checkpoint_read(note, path, &u->key, a, &u->checkpoint, e);
}

static int run(struct auditing *d, struct err *e)
{
	int rc = believe(d, e);

	if (rc == MS_OK && !d->o->log_only)
		rc = spool_open(&d->spool, e);
	d->entries = spool_entries(&d->spool);
	if (rc == MS_OK)
		rc = audit_log(d, e);
	if (rc == MS_OK && !d->u->findings && !d->o->log_only)
		rc = audit_packages(d, e);
	if (rc == MS_OK && d->u->ledger.size == d->u->checkpoint.size && !d->o->log_only)
		rc = audit_index(d, e);
	if (rc == MS_OK && !d->u->findings && !d->o->log_only && d->o->more)
		rc = d->o->more(d, e);
	return rc;
}

int audit_run(const struct storefiles *files, const struct audit_options *o, struct audit *out, struct err *e)
{
	struct auditing d = { .files = files, .o = o, .u = out };
	struct err why;

	*out = (struct audit){ 0 };
	int rc = run(&d, &why);
	spool_close(&d.spool);
	if (rc < 0 && (rc == -MS_ESIGNATURE || rc == -MS_EFORMAT))
		audit_found_err(&d, "log/checkpoint", &why);
	else if (rc < 0)
		return *e = why, rc;
	out->whole = true;
	if (!out->findings)
		return MS_OK;
	*e = d.first;
	return e->code;
}

void audit_done(struct audit *u)
{
	ledger_done(&u->ledger);
}
