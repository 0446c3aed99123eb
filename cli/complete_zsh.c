/* SPDX-License-Identifier: Apache-2.0 */
#include "complete.h"

#include <string.h>

#include "commands.h"
#include "globals.h"

/* Inside '...' and inside "[...]" of _arguments some characters mean something. */
static char *quoted(const char *plain, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (; *plain; plain++) {
		if (*plain == '\'')
			text_add(&t, a, "'\\''");
		else if (strchr("[]:\\", *plain))
			text_add(&t, a, "\\%c", *plain);
		else
			text_add(&t, a, "%c", *plain);
	}

	return t.at;
}

static char *action(enum opt_complete complete, const char *choices, struct arena *a)
{
	switch (complete) {
	case OPT_FILE: return arena_printf(a, "_files");
	case OPT_FOLDER: return arena_printf(a, "_files -/");
	case OPT_BOARD: return arena_printf(a, "($(ms help --boards 2>/dev/null))");
	case OPT_VERB: return arena_printf(a, "(%s)", complete_verbs(a));
	case OPT_CHOICE: return arena_printf(a, "(%s)", complete_words(choices, a));
	default: return arena_printf(a, " ");
	}
}

static void add_spec(struct text *t, const char *spelling, const struct opt *o, struct arena *a)
{
	bool repeats = o->kind == OPT_IS_LIST || o->kind == OPT_IS_COUNT;

	text_add(t, a, " \\\n\t\t'%s%s[%s]", repeats ? "*" : "", spelling, quoted(o->help, a));
	if (complete_takes_value(o))
		text_add(t, a, ":%s:%s", quoted(o->value, a), action(o->complete, o->choices, a));
	text_add(t, a, "'");
}

static void add_options(struct text *t, const struct opt *o, struct arena *a)
{
	for (; o && o->kind; o++) {
		if (!o->help)
			continue;
		if (o->letter)
			add_spec(t, arena_printf(a, "-%c", o->letter), o, a);
		add_spec(t, arena_printf(a, "--%s%s", o->name, o->value ? "=" : ""), o, a);
	}
}

static void add_page(struct text *t, const struct verb *v, struct arena *a)
{
	const struct page *p = v->page;

	text_add(t, a, "\t\t%s) _arguments", v->name);
	add_options(t, p->options, a);
	add_options(t, global_options, a);
	text_add(t, a, " \\\n\t\t'*:operand:%s' ;;\n", action(p->complete, p->choices, a));
}

static void add_verb(struct text *t, const struct verb *v, struct arena *a)
{
	if (!v->page->commands) {
		add_page(t, v, a);
		return;
	}
	text_add(t, a, "\t\t%s) _arguments -C", v->name);
	add_options(t, global_options, a);
	text_add(t, a, " \\\n\t\t'1: :(%s)' '*:: :->command'\n\t\tif [[ $state == command ]]; then case $words[1] in\n", commands_names(v, " ", a));
	for (const struct verb *c = v->page->commands; c->name; c++)
		add_page(t, c, a);
	text_add(t, a, "\t\tesac; fi ;;\n");
}

char *complete_zsh(struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "#compdef ms\n# zsh completion of ms: put it as _ms into a folder of $fpath.\n_ms() {\n"
			"\tlocal context state line\n\tlocal -a verbs\n\tverbs=(");
	for (size_t i = 0; i < verb_count; i++)
		text_add(&t, a, "\n\t\t'%s:%s'", verbs[i].name, quoted(verbs[i].summary, a));
	text_add(&t, a, "\n\t)\n\t_arguments -C");
	add_options(&t, global_options, a);
	text_add(&t, a, " \\\n\t\t'1: :->verb' '*:: :->rest'\n\tcase $state in\n\tverb) _describe verb verbs ;;\n\trest)\n\t\tcase $words[1] in\n");
	for (size_t i = 0; i < verb_count; i++)
		add_verb(&t, &verbs[i], a);
	text_add(&t, a, "\t\tesac ;;\n\tesac\n}\nif [ \"$funcstack[1]\" = _ms ]; then _ms \"$@\"; else compdef _ms ms; fi\n");

	return t.at;
}
