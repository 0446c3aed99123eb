/* SPDX-License-Identifier: Apache-2.0 */
#include "complete.h"

#include "commands.h"
#include "globals.h"

/*
 * '=' ends a word for bash, so "--board=x" comes as three words.  File names
 * are taken line by line: they may hold blanks.
 */
static const char head[] =
	"_ms_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\"); }\n"
	"_ms_paths() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$current\"); }\n"
	"_ms() {\n"
	"\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= command= options= i\n"
	"\tCOMPREPLY=()\n"
	"\tif [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n";

/* The first word from `i` on that is no option and no value of one of these, as a verb or as the command of one. */
static const char find_word[] =
	"\tfor ((%s; i < COMP_CWORD; i++)); do\n"
	"\t\tcase ${COMP_WORDS[i]} in\n"
	"\t\t%s) ((i++)); if [[ ${COMP_WORDS[i]} == = ]]; then ((i++)); fi ;;\n"
	"\t\t-*) ;;\n"
	"\t\t*) %s=${COMP_WORDS[i]}; break ;;\n"
	"\t\tesac\n"
	"\tdone\n";

/* The command that fills COMPREPLY. */
static char *action(enum opt_complete complete, const char *choices, struct arena *a)
{
	switch (complete) {
	case OPT_FILE: return arena_printf(a, "_ms_paths -f");
	case OPT_FOLDER: return arena_printf(a, "_ms_paths -d");
	case OPT_BOARD: return arena_printf(a, "_ms_words \"$(ms help --boards 2>/dev/null)\"");
	case OPT_VERB: return arena_printf(a, "_ms_words '%s'", complete_verbs(a));
	case OPT_CHOICE: return arena_printf(a, "_ms_words '%s'", complete_words(choices, a));
	default: return arena_printf(a, ":");
	}
}

/* "-C|--directory" */
static char *spellings(const struct opt *o, struct arena *a)
{
	return o->letter ? arena_printf(a, "-%c|--%s", o->letter, o->name) : arena_printf(a, "--%s", o->name);
}

static void add_values(struct text *t, const struct opt *o, const char *indent, struct arena *a)
{
	text_add(t, a, "%scase $previous in\n", indent);
	for (; o && o->kind; o++)
		if (complete_takes_value(o))
			text_add(t, a, "%s%s) %s; return ;;\n", indent, spellings(o, a), action(o->complete, o->choices, a));
	text_add(t, a, "%sesac\n", indent);
}

static char *all_options(const struct opt *o, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (; o && o->kind; o++)
		if (o->help)
			text_add(&t, a, "%s--%s", t.size ? " " : "", o->name);

	return t.at;
}

static void add_page(struct text *t, const struct verb *v, struct arena *a)
{
	text_add(t, a, "\t%s)\n", v->name);
	add_values(t, v->page->options, "\t\t", a);
	text_add(t, a, "\t\toptions='%s'\n", all_options(v->page->options, a));
	text_add(t, a, "\t\tif [[ $current != -* ]]; then %s; return; fi ;;\n", action(v->page->complete, v->page->choices, a));
}

static void add_with_values(struct text *t, const struct opt *o, struct arena *a)
{
	for (; o && o->kind; o++)
		if (complete_takes_value(o))
			text_add(t, a, "%s%s", t->size ? "|" : "", spellings(o, a));
}

/* Options that take a value: those of every verb, and of this one's commands. */
static char *with_values(const struct verb *v, struct arena *a)
{
	struct text t = { 0 };

	add_with_values(&t, global_options, a);
	for (const struct verb *c = v ? v->page->commands : NULL; c && c->name; c++)
		add_with_values(&t, c->page->options, a);

	return t.at;
}

static void add_verb(struct text *t, const struct verb *v, struct arena *a)
{
	if (!v->page->commands) {
		add_page(t, v, a);
		return;
	}
	text_add(t, a, "\t%s)\n", v->name);
	text_add(t, a, find_word, "i++", with_values(v, a), "command");
	text_add(t, a, "\tcase $command in\n");
	for (const struct verb *c = v->page->commands; c->name; c++)
		add_page(t, c, a);
	text_add(t, a, "\t'') if [[ $current != -* ]]; then _ms_words '%s'; return; fi ;;\n\tesac ;;\n", commands_names(v, " ", a));
}

char *complete_bash(struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "# bash completion of ms: source it, or put it into a completions folder.\n%s", head);
	text_add(&t, a, find_word, "i = 1", with_values(NULL, a), "verb");
	add_values(&t, global_options, "\t", a);
	text_add(&t, a, "\tcase $verb in\n");
	for (size_t i = 0; i < verb_count; i++)
		add_verb(&t, &verbs[i], a);
	text_add(&t, a, "\t'') if [[ $current != -* ]]; then _ms_words '%s'; return; fi ;;\n\tesac\n", complete_verbs(a));
	text_add(&t, a, "\t_ms_words \"$options %s\"\n}\ncomplete -F _ms ms\n", all_options(global_options, a));

	return t.at;
}
