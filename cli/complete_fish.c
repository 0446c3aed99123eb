/* SPDX-License-Identifier: Apache-2.0 */
#include "complete.h"

#include "commands.h"
#include "globals.h"

/* Which verb and command a line has: its words but options.  Fish's own way to ask takes `build` in `ms product build` for the verb. */
static const char functions[] =
	"function __ms_typed\n"
	"\tset -l skip 0\n"
	"\tfor word in (commandline -opc)[2..-1]\n"
	"\t\tif test $skip = 1\n\t\t\tset skip 0\n"
	"\t\telse if contains -- $word%s\n\t\t\tset skip 1\n"
	"\t\telse if not string match -q -- '-*' $word\n\t\t\techo $word\n\t\tend\n"
	"\tend\n"
	"end\n"
	"function __ms_is\n\tset -l words (__ms_typed)\n\ttest \"$words\" = \"$argv\"\nend\n"
	"function __ms_in\n\tset -l words (__ms_typed)\n\tset -l count (count $argv)\n"
	"\ttest (count $words) -ge $count; and test \"$words[1..$count]\" = \"$argv\"\nend\n";

static char *global_with_values(struct arena *a)
{
	struct text t = { 0 };

	for (const struct opt *o = global_options; o->kind; o++) {
		if (complete_takes_value(o))
			text_add(&t, a, " --%s", o->name);
		if (complete_takes_value(o) && o->letter)
			text_add(&t, a, " -%c", o->letter);
	}
	return t.at;
}

static char *quoted(const char *plain, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (; *plain; plain++)
		text_add(&t, a, *plain == '\'' || *plain == '\\' ? "\\%c" : "%c", *plain);

	return t.at;
}

/* What follows: "-r" asks for a value, "-f" offers no files, "-F" does. */
static char *action(enum opt_complete complete, const char *choices, struct arena *a)
{
	switch (complete) {
	case OPT_FILE: return arena_printf(a, "-F");
	case OPT_FOLDER: return arena_printf(a, "-f -a '(__fish_complete_directories)'");
	case OPT_BOARD: return arena_printf(a, "-f -a '(ms help --boards 2>/dev/null)'");
	case OPT_VERB: return arena_printf(a, "-f -a '%s'", complete_verbs(a));
	case OPT_CHOICE: return arena_printf(a, "-f -a '%s'", complete_words(choices, a));
	default: return arena_printf(a, "-f");
	}
}

static void add_options(struct text *t, const char *when, const struct opt *o, struct arena *a)
{
	for (; o && o->kind; o++) {
		if (!o->help)
			continue;
		text_add(t, a, "complete -c ms%s -l %s", when, o->name);
		if (o->letter)
			text_add(t, a, " -s %c", o->letter);
		if (complete_takes_value(o))
			text_add(t, a, " -r %s", action(o->complete, o->choices, a));
		text_add(t, a, " -d '%s'\n", quoted(o->help, a));
	}
}

static void add_page(struct text *t, const struct verb *v, struct arena *a)
{
	const struct page *p = v->page;
	char *when = arena_printf(a, " -n '__ms_in %s'", verb_words(v, a));

	add_options(t, when, p->options, a);
	if (p->complete != OPT_ANY)
		text_add(t, a, "complete -c ms%s %s\n", when, action(p->complete, p->choices, a));
}

static void add_verb(struct text *t, const struct verb *v, struct arena *a)
{
	if (!v->page->commands)
		add_page(t, v, a);
	for (const struct verb *c = v->page->commands; c && c->name; c++) {
		text_add(t, a, "complete -c ms -n '__ms_is %s' -a %s -d '%s'\n", v->name, c->name, quoted(c->summary, a));
		add_page(t, c, a);
	}
}

char *complete_fish(struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "# fish completion of ms: put it as ms.fish into a completions folder.\n");
	text_add(&t, a, functions, global_with_values(a));
	text_add(&t, a, "complete -c ms -f\n");
	add_options(&t, "", global_options, a);
	for (size_t i = 0; i < verb_count; i++)
		text_add(&t, a, "complete -c ms -n __ms_is -a %s -d '%s'\n", verbs[i].name, quoted(verbs[i].summary, a));
	for (size_t i = 0; i < verb_count; i++)
		add_verb(&t, &verbs[i], a);

	return t.at;
}
