/* SPDX-License-Identifier: Apache-2.0 */
#include "site_audit.h"

#include <jansson.h>
#include <string.h>

#include "bytemap.h"
#include "leaf.h"
#include "site.h"

static const char follows_from[] = "the log and the packages";

struct holding { struct auditing *d; struct bytemap seen; struct arena arena; };

static int hold(void *context, const char *path, struct bytes content, struct err *e)
{
	struct holding *h = context;

	(void)e;
	*bytemap_at(&h->seen, leaf_text(arena_printf(&h->arena, "%s", path)), &h->arena) = h;
	audit_compare(h->d, ERR_STORE_DIFFERS, path, content, follows_from);
	h->d->u->pages++;
	audit_now(h->d, "pages", h->d->u->pages, 0);
	return MS_OK;
}

/* What is in the folders of pages and is none. */
static int find_others(struct holding *h, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc == MS_OK && site_folders[i]; i++) {
		struct list paths = { 0 };

		rc = audit_walk(h->d->files, site_folders[i], &h->arena, &paths, e);
		for (size_t k = 0; rc == MS_OK && k < paths.count; k++)
			if (!bytemap_at(&h->seen, leaf_text(paths.at[k]), NULL))
				audit_found(h->d, ERR_STORE_DIFFERS, paths.at[k], "'%s' follows from nothing in the log", (const char *)paths.at[k]);
	}
	return rc;
}

static bool is_there(const struct auditing *d, const char *path, size_t limit, struct arena *a, struct bytes *content)
{
	struct err ignored;
	int rc = d->files->read(d->files->context, path, limit, a, content, &ignored);

	return rc >= 0 || rc == -MS_EFBIG;
}

/* Pages of another version of ms look otherwise; those of an older log are of no use, but nobody's fault. */
static bool is_comparable(struct auditing *d, struct bytes mark)
{
	json_t *o = json_loadb((const char *)mark.at, mark.size, JSON_REJECT_DUPLICATES, NULL);
	const char *version = json_string_value(json_object_get(o, "version"));
	json_int_t entries = json_integer_value(json_object_get(o, "entries"));
	bool same = version && !strcmp(version, STORE_VERSION), now = entries == (json_int_t)d->u->checkpoint.size;

	if (version && !same)
		audit_found(d, ERR_STORE_DIFFERS, SITE_MARK, "its pages were made by ms %.20s, and only that can tell whether they follow: have them made anew by 'ms store mirror'", version);
	else if (version && !now)
		audit_found(d, ERR_STORE_DIFFERS, SITE_MARK, "its pages are of %lld entries, and the log has %llu: have them made anew by 'ms store mirror'", (long long)entries, (unsigned long long)d->u->checkpoint.size);
	json_decref(o);
	return !version || (same && now);
}

int site_audit(struct auditing *d, struct err *e)
{
	const struct site_source from = { d->files, &d->u->key, &d->u->checkpoint };
	struct holding h = { .d = d };
	struct bytes mark = { 0 }, index;

	bool marked = is_there(d, SITE_MARK, SITE_MARK_MAX, &h.arena, &mark);
	int rc = MS_OK;
	if (marked && !is_comparable(d, mark))
		goto done;
	if (marked || is_there(d, "index.html", SITE_FILE_MAX, &h.arena, &index)) {
		d->u->has_pages = true;
		rc = site_make(&from, hold, &h, e);
		if (rc >= 0)
			rc = find_others(&h, e);
	}
done:
	arena_done(&h.arena);
	return rc < 0 ? rc : MS_OK;
}
