/* SPDX-License-Identifier: Apache-2.0 */
#include "coverage.h"

#include <inttypes.h>
#include <string.h>

#include "file.h"

enum { SOURCE_MAX = 16 << 20 };

static const char style[] =
	":root{color-scheme:light dark;--run:#dafbe1;--not:#ffd7d5;--part:#fff3c4;--line:#d0d7de;--dim:#656d76}"
	"@media(prefers-color-scheme:dark){:root{--run:#12361f;--not:#5c1a1a;--part:#4d3f0c;--line:#444c56;--dim:#909dab}}"
	"body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
	"h1{font-size:1.4rem;margin:0 0 .3rem}p{margin:.2rem 0 1rem;color:var(--dim)}"
	"table{border-collapse:collapse;width:100%}th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid var(--line)}"
	"th{font-weight:600}th:first-child,td:first-child{text-align:left}.bar{width:9rem}"
	".bar div{background:var(--not);height:.7rem}.bar div div{background:#2da44e}"
	"pre{font:13px/1.45 ui-monospace,monospace;margin:0;border:1px solid var(--line);overflow-x:auto;tab-size:8}"
	"pre span{display:block;min-width:max-content}pre i{display:inline-block;width:9ch;padding-right:1ch;text-align:right;color:var(--dim);font-style:normal}"
	"pre a{display:inline-block;width:6ch;padding-right:1ch;text-align:right;color:var(--dim);text-decoration:none}"
	".run{background:var(--run)}.not{background:var(--not)}.part{background:var(--part)}";

static void put_escaped(struct text *t, struct arena *a, const char *text, size_t size)
{
	for (; size; size--, text++) {
		const char *as = *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : *text == '"' ? "&quot;" : NULL;

		if (as)
			text_add(t, a, "%s", as);
		else
			text_add_bytes(t, a, (struct bytes){ (const uint8_t *)text, 1 });
	}
}

static void put_head(struct text *t, struct arena *a, const char *title)
{
	text_add(t, a, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
	put_escaped(t, a, title, strlen(title));
	text_add(t, a, "</title><style>%s</style></head>\n<body><h1>", style);
	put_escaped(t, a, title, strlen(title));
	text_add(t, a, "</h1>\n");
}

static void put_shares(struct text *t, struct arena *a, struct coverage_share lines, struct coverage_share branches)
{
	text_add(t, a, "<p>lines %s &middot; branches %s</p>\n", coverage_share_text(lines, a), coverage_share_text(branches, a));
}

/* Where a source's page lies below the folder: as the source below the project. */
static const char *page_of(const struct coverage_file *f, struct arena *a)
{
	char *page = arena_printf(a, "%s.html", f->path);

	for (char *up = page; (up = strstr(up, "../"));)
		memcpy(up, "__/", 3);
	return page;
}

static void put_row(struct text *t, struct arena *a, const struct coverage_file *f)
{
	uint32_t share = f->lines_run.all ? (uint32_t)((uint64_t)f->lines_run.covered * 100 / f->lines_run.all) : 100;
	const char *page = page_of(f, a);

	text_add(t, a, "<tr><td><a href=\"");
	put_escaped(t, a, page, strlen(page));
	text_add(t, a, "\">");
	put_escaped(t, a, f->path, strlen(f->path));
	text_add(t, a, "</a></td><td>%u</td><td class=\"bar\"><div><div style=\"width:%u%%\"></div></div></td><td>%s</td><td>%s</td></tr>\n",
		 coverage_missing(f->lines_run), share, coverage_share_text(f->lines_run, a), coverage_share_text(f->branches_taken, a));
}

static int save(const struct project *p, const char *page, const struct text *t, struct arena *a, struct err *e)
{
	const char *path = path_join(a, p->root, path_join(a, COVERAGE_FOLDER, page));
	int rc = file_make_folders(path_folder(a, path), a, e);

	return rc < 0 ? rc : file_update(path, (struct bytes){ (const uint8_t *)t->at, t->size }, 0644, a, NULL, e);
}

static int write_index(const struct project *p, const struct coverage *c, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	put_head(&t, a, arena_printf(a, "%s %s: what its tests run", p->name, p->version_text));
	put_shares(&t, a, c->lines_run, c->branches_taken);
	text_add(&t, a, "<table><tr><th>source</th><th>lines not run</th><th></th><th>lines</th><th>branches</th></tr>\n");
	for (size_t i = 0; i < c->files.count; i++)
		put_row(&t, a, c->files.at[i]);
	text_add(&t, a, "</table></body></html>\n");
	return save(p, "index.html", &t, a, e);
}

static struct coverage_share branches_of(const struct coverage_line *l)
{
	struct coverage_share s = { 0, (uint32_t)l->branches.count };

	for (size_t i = 0; i < l->branches.count; i++)
		s.covered += *(uint64_t *)l->branches.at[i] > 0;
	return s;
}

/* One line of the source; `l` is NULL if it has no code. */
static void put_line(struct text *t, struct arena *a, uint32_t number, const struct coverage_line *l, const char *text, size_t size)
{
	struct coverage_share b = l ? branches_of(l) : (struct coverage_share){ 0 };

	text_add(t, a, "<span id=\"%u\"", number);
	if (l)
		text_add(t, a, " class=\"%s\"", !l->count ? "not" : coverage_missing(b) ? "part" : "run");
	if (l && b.all)
		text_add(t, a, " title=\"%u of %u branches taken\"", b.covered, b.all);
	text_add(t, a, "><a href=\"#%u\">%u</a>", number, number);
	if (l)
		text_add(t, a, "<i>%" PRIu64 "</i>", l->count);
	else
		text_add(t, a, "<i></i>");
	put_escaped(t, a, text, size);
	text_add(t, a, "</span>");
}

static int write_source(const struct project *p, const struct coverage_file *f, struct arena *a, struct err *e)
{
	struct bytes source;
	struct text t = { 0 };
	size_t next = 0;
	int rc = file_read(path_join(a, p->root, f->path), SOURCE_MAX, a, &source, e);

	if (rc < 0)
		return rc;
	put_head(&t, a, f->path);
	put_shares(&t, a, f->lines_run, f->branches_taken);
	text_add(&t, a, "<pre>");
	const char *at = (const char *)source.at, *end = at + source.size;
	for (uint32_t number = 1; at < end; number++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const struct coverage_line *l = next < f->lines.count ? f->lines.at[next] : NULL;

		if (!stop)
			stop = end;
		if (l && l->number != number)
			l = NULL;
		next += l != NULL;
		put_line(&t, a, number, l, at, (size_t)(stop - at));
		at = stop + 1;
	}
	text_add(&t, a, "</pre></body></html>\n");
	return save(p, page_of(f, a), &t, a, e);
}

int coverage_write(const struct project *p, const struct coverage *c, struct arena *a, struct err *e)
{
	int rc = file_remove_tree(path_join(a, p->root, COVERAGE_FOLDER), e);

	for (size_t i = 0; rc >= 0 && i < c->files.count; i++)
		rc = write_source(p, c->files.at[i], a, e);
	return rc < 0 ? rc : write_index(p, c, a, e);
}
