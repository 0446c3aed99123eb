/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include <string.h>

#include "globals.h"
#include "manual.h"
#include "version.h"

enum { WIDTH = 80, COLUMN = 26 };

char *help_usage(const struct verb *v, struct arena *a)
{
	return arena_printf(a, "ms %s [OPTION...]%s%s", verb_words(v, a), *v->operands ? " " : "", v->operands);
}

/* "-j, --jobs N" */
static char *option_text(const struct opt *o, struct arena *a)
{
	const char *letter = o->letter ? arena_printf(a, "-%c, ", o->letter) : "    ";

	return arena_printf(a, "%s--%s%s%s", letter, o->name, o->value ? " " : "", o->value ? o->value : "");
}

void help_wrapped(const char *begun, int indent, const char *text, struct arena *a)
{
	struct text line = { 0 };

	text_add(&line, a, "%s", begun);
	while (*text) {
		int size = (int)strcspn(text, " ");

		if (line.size && (int)line.size + size + 1 > WIDTH) {
			out_line("%s", line.at);
			line = (struct text){ 0 };
		}
		int gap = (int)line.size < indent ? indent - (int)line.size : line.size > (size_t)indent;
		text_add(&line, a, "%*s%.*s", gap, "", size, text);
		text += size;
		text += strspn(text, " ");
	}
	out_line("%s", line.at ? line.at : "");
}

static void print_row(const char *left, const char *right, struct arena *a)
{
	const char *begun = arena_printf(a, "  %s", left);

	if (strlen(begun) + 2 > COLUMN) {
		out_line("%s", begun);
		begun = "";
	}
	help_wrapped(begun, COLUMN, right, a);
}

static void print_title(const char *title)
{
	out_line("%s", "");
	out_line("%s%s:%s", out_bold(), title, out_reset());
}

static void print_paragraphs(const char *text, struct arena *a)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t size = end ? (size_t)(end - text) : strlen(text);
		char *one = arena_string(a, (struct bytes){ (const uint8_t *)text, size });

		for (char *c = one; *c; c++)
			if (*c == '\n')
				*c = ' ';
		out_line("%s", "");
		help_wrapped("", 0, one, a);
		text += size;
		text += strspn(text, "\n");
	}
}

static void print_options(const char *title, const struct opt *o, struct arena *a)
{
	if (!o || !o->kind)
		return;
	print_title(title);
	for (; o->kind; o++)
		if (o->help)
			print_row(option_text(o, a), o->help, a);
}

static void print_examples(const struct example *x, struct arena *a)
{
	if (!x)
		return;
	print_title("examples");
	for (; x->command; x++)
		print_row(x->command, x->what, a);
}

/* One order, in which a verb's own follow those of all; none of them is above the last of all, an interruption. */
static void print_statuses(const struct status *own, struct arena *a)
{
	print_title("exit status");
	for (const struct status *s = help_statuses; s->when; s++) {
		for (; own && own->when && own->status < s->status; own++)
			print_row(arena_printf(a, "%d", own->status), own->when, a);
		print_row(arena_printf(a, "%d", s->status), s->when, a);
	}
}

static void print_commands(const struct verb *c, struct arena *a)
{
	if (!c)
		return;
	print_title("commands");
	for (; c->name; c++)
		print_row(arena_printf(a, "%s %s", c->name, c->operands), c->summary, a);
}

static void print_verb(const struct verb *v, struct arena *a)
{
	out_line("usage: %s", help_usage(v, a));
	out_line("%s", "");
	out_line("%s", v->summary);
	print_paragraphs(v->page->about, a);
	print_commands(v->page->commands, a);
	print_examples(v->page->examples, a);
	print_options("options", v->page->options, a);
	print_options("options of every verb", global_options, a);
	print_statuses(v->page->statuses, a);
	out_line("%s", "");
	if (v->page->commands)
		out_line("ms help %s COMMAND explains one of them", v->name);
	out_line("manual: man %s", manual_name(v, a));
}

static void print_overview(struct arena *a)
{
	out_line("usage: ms [OPTION...] VERB [OPERAND...]; 'ms help VERB' explains one of them");
	for (int group = 0; group < VERB_GROUP_COUNT; group++) {
		out_line("%s%s:%s", out_bold(), verb_group_title(group), out_reset());
		for (size_t i = 0; i < verb_count; i++)
			if ((int)verbs[i].group == group)
				print_row(arena_printf(a, "%s %s", verbs[i].name, verbs[i].operands), verbs[i].summary, a);
	}
	out_line("begin with 'ms new hello' and 'ms run hello'; ms sends nothing to anybody");
}

int help_print(const struct verb *v, struct arena *a)
{
	if (out_is_json())
		out_field("help", help_json(v));
	else if (v)
		print_verb(v, a);
	else
		print_overview(a);

	return MS_OK;
}

int version_print(void)
{
	out_line("ms %s", ms_version);
	out_field("version", json_string(ms_version));
	return MS_OK;
}
