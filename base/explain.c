/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "err.h"

/* Pages are found by their row's name: their order is free, and one without a row does not compile. */
enum {
#define ERR_AREA(first, title)
#define ERR_GENERAL ERR_CODE
#define ERR_CODE(number, name, error, title) AT_##name,
#include "err_codes.def"
#undef ERR_CODE
	COUNT
};

static const struct explain_page pages[COUNT] = {
#define PAGE(name, cause, example, remedy) [AT_##name] = { cause, example, remedy },
#include "explain.def"
#undef PAGE
};

const struct explanation explanations[COUNT] = {
#define ERR_CODE(number, name, error, title) { number, "MS" #number, title, -MS_##error, &pages[AT_##name] },
#include "err_codes.def"
#undef ERR_CODE
#undef ERR_GENERAL
#undef ERR_AREA
};

const size_t explanation_count = COUNT;

static const struct area { int first; const char *title; } areas[] = {
#define ERR_AREA(first, title) { first, title },
#define ERR_CODE(number, name, error, title)
#define ERR_GENERAL(number, name, error, title)
#include "err_codes.def"
#undef ERR_AREA
#undef ERR_CODE
#undef ERR_GENERAL
};

enum { AREA_COUNT = sizeof(areas) / sizeof(areas[0]) };

const struct explanation *explanation_find(const char *word)
{
	const char *digits = strncasecmp(word, "MS", 2) ? word : word + 2;

	for (size_t i = 0; i < COUNT; i++)
		if (!strcmp(explanations[i].id + 2, digits))
			return &explanations[i];
	return NULL;
}

static const struct area *area_of(const struct explanation *x)
{
	const struct area *area = areas;

	while (area + 1 < areas + AREA_COUNT && area[1].first <= x->number)
		area++;
	return area;
}

const char *explanation_area(const struct explanation *x)
{
	return area_of(x)->title;
}

int explanation_status(const struct explanation *x)
{
	struct err e;

	err_set(&e, x->number, "%s", x->title);
	return err_exit_status(&e);
}

/* A text whose '...' become `...`; an apostrophe inside a word is none of them. */
static char *as_markdown(const char *plain, struct arena *a)
{
	char *text = arena_printf(a, "%s", plain);
	bool open = false;

	for (char *c = text; *c; c++) {
		bool behind_word = c > text && isalnum((unsigned char)c[-1]) && isalpha((unsigned char)c[1]);

		if (*c != '\'' || (behind_word && !open))
			continue;
		*c = '`';
		open = !open;
	}
	return text;
}

static void add_entry(struct text *t, const struct explanation *x, struct arena *a)
{
	const struct explain_page *p = x->page;

	text_add(t, a, "\n### %s: %s\n\n%s\n\n```\n%s\n```\n\n%s\n\nExit status %d, `%s`.\n", x->id, x->title, as_markdown(p->cause, a),
		 p->example, as_markdown(p->remedy, a), explanation_status(x), err_name(x->code));
}

char *explanation_manual(struct arena *a)
{
	struct text t = { 0 };
	const struct area *area = NULL;

	text_add(&t, a, "# Errors\n\nMade by `ms explain --markdown`.\n\n"
		"Each failure of `ms` ends in a code, such as `[MS1105]`. It stays the same while words and versions change, and\n"
		"`ms explain MS1105` shows its page. With `--json` it is the member `id` of the error. Programs that only have to decide use the exit status\n"
		"([exit-codes.md](exit-codes.md)).\n");
	for (size_t i = 0; i < COUNT; i++) {
		const struct explanation *x = &explanations[i];

		if (area_of(x) != area) {
			area = area_of(x);
			text_add(&t, a, "\n## From MS%d: %s\n", area->first, area->title);
		}
		add_entry(&t, x, a);
	}
	return t.at;
}

void explanation_usual_fix(struct err *e, struct arena *a)
{
	const struct explanation *x = e->fix[0] || e->code == -MS_EINTR ? NULL : explanation_find(e->id);

	if (!x || !x->page->remedy)
		return;
	char *fix = arena_printf(a, "%s", x->page->remedy);
	size_t size = strlen(fix);

	if (size && fix[size - 1] == '.')
		fix[size - 1] = '\0';
	if (islower((unsigned char)fix[1]))
		fix[0] = (char)tolower((unsigned char)fix[0]);
	err_fix(e, "%s", fix);
}
