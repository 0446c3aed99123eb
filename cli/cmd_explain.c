/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>

#include "explain.h"
#include "help.h"

static bool markdown;

static const struct opt options[] = {
	OPT_FLAG(0, "markdown", &markdown, "print all pages as one text in Markdown"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms explain MS1105", "read why it came, with an example, and what to do" },
	{ "ms explain", "list all codes" },
	{ NULL, NULL }
};

/* For completion: words with a bar behind each. */
#define ERR_AREA(first, title)
#define ERR_GENERAL ERR_CODE
#define ERR_CODE(number, name, error, title) "MS" #number "|"
static const char codes[] =
#include "err_codes.def"
;

const struct page page_explain = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = codes,
	.about = "Shows the page of an error: why it comes, an example, and what to do. The code is what a failure of ms ends in, such as "
		 "[MS1105]; 'ms explain 1105' is the same. Without a code it lists all of them. A code keeps its meaning in all versions.",
	.examples = examples,
	.json = "With a code, result: id, title, area, name (of errors.def), status, cause, example, remedy. Without: an event 'code' for "
		"each with id, title, area, name and status; result: count. With --markdown, result: text.",
};

static json_t *facts(const struct explanation *x)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:i}", "id", x->id, "title", x->title, "area", explanation_area(x),
			 "name", err_name(x->code), "status", explanation_status(x));
}

static void print_list(void)
{
	const char *area = "";

	for (size_t i = 0; i < explanation_count; i++) {
		const struct explanation *x = &explanations[i];

		if (strcmp(area, explanation_area(x))) {
			out_line("%s%s%s:%s", *area ? "\n" : "", out_bold(), explanation_area(x), out_reset());
			area = explanation_area(x);
		}
		out_line("  %s  %s", x->id, x->title);
		out_event("code", facts(x));
	}
	out_field("count", json_integer((json_int_t)explanation_count));
}

static void print_page(const struct explanation *x, struct arena *a)
{
	out_line("%s%s: %s%s", out_bold(), x->id, x->title, out_reset());
	out_line("%s", "");
	help_wrapped("", 0, x->page->cause, a);
	out_line("\n%sexample:%s", out_bold(), out_reset());
	for (const char *at = x->page->example; *at; at += strcspn(at, "\n"), at += *at == '\n')
		out_line("  %.*s", (int)strcspn(at, "\n"), at);
	out_line("\n%swhat to do:%s", out_bold(), out_reset());
	help_wrapped("", 2, x->page->remedy, a);
}

static void give_page(const struct explanation *x)
{
	json_t *all = facts(x), *value;
	const char *name;

	json_object_foreach(all, name, value)
		out_field(name, json_incref(value));
	json_decref(all);
	out_field("cause", json_string(x->page->cause));
	out_field("example", json_string(x->page->example));
	out_field("remedy", json_string(x->page->remedy));
}

static int unknown(const char *word, struct err *e)
{
	err_set(e, ERR_NO_SUCH_CODE, "'%s' is no code of an error", word);
	return err_fix(e, "'ms explain' lists the codes");
}

int cmd_explain(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct explanation *x = argc > 1 ? explanation_find(argv[1]) : NULL;

	if (argc > 1 && !x)
		return unknown(argv[1], e);
	if (x) {
		print_page(x, a);
		give_page(x);
	} else if (markdown) {
		const char *text = explanation_manual(a);
		out_text(text);
		out_field("text", json_string(text));
	} else {
		print_list();
	}
	return MS_OK;
}
