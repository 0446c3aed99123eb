/* SPDX-License-Identifier: Apache-2.0 */
#include "complete.h"

#include "globals.h"

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

char *complete_fish(struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "# fish completion of ms: put it as ms.fish into a completions folder.\ncomplete -c ms -f\n");
	add_options(&t, "", global_options, a);
	for (size_t i = 0; i < verb_count; i++)
		text_add(&t, a, "complete -c ms -n __fish_use_subcommand -a %s -d '%s'\n", verbs[i].name, quoted(verbs[i].summary, a));
	for (size_t i = 0; i < verb_count; i++) {
		const struct page *p = verbs[i].page;

		char *when = arena_printf(a, " -n '__fish_seen_subcommand_from %s'", verbs[i].name);
		add_options(&t, when, p->options, a);
		if (p->complete != OPT_ANY)
			text_add(&t, a, "complete -c ms%s %s\n", when, action(p->complete, p->choices, a));
	}

	return t.at;
}
