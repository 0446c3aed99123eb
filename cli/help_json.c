/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include "globals.h"

static json_t *options(const struct opt *o)
{
	json_t *all = json_array();

	for (; o && o->kind; o++) {
		if (!o->help)
			continue;
		json_t *one = json_pack("{s:s, s:s, s:b}", "name", o->name, "help", o->help,
					"repeats", o->kind == OPT_IS_LIST || o->kind == OPT_IS_COUNT);

		if (o->letter)
			json_object_set_new(one, "letter", json_stringn(&o->letter, 1));
		if (o->value)
			json_object_set_new(one, "value", json_string(o->value));
		if (o->choices)
			json_object_set_new(one, "choices", json_string(o->choices));
		json_array_append_new(all, one);
	}

	return all;
}

static json_t *examples(const struct example *x)
{
	json_t *all = json_array();

	for (; x && x->command; x++)
		json_array_append_new(all, json_pack("{s:s, s:s}", "command", x->command, "what", x->what));

	return all;
}

static json_t *statuses(const struct status *s)
{
	json_t *all = json_array();

	for (; s && s->when; s++)
		json_array_append_new(all, json_pack("{s:i, s:s}", "status", s->status, "when", s->when));

	return all;
}

static json_t *one_verb(const struct verb *v);

static json_t *commands(const struct verb *c)
{
	json_t *all = json_array();

	for (; c && c->name; c++)
		json_array_append_new(all, one_verb(c));

	return all;
}

static json_t *one_verb(const struct verb *v)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "name", v->name, "operands", v->operands,
			 "summary", v->summary, "about", v->page->about, "options", options(v->page->options),
			 "examples", examples(v->page->examples), "statuses", statuses(v->page->statuses),
			 "commands", commands(v->page->commands));
}

json_t *help_json(const struct verb *v)
{
	if (v)
		return one_verb(v);

	json_t *all = json_array();
	for (size_t i = 0; i < verb_count; i++)
		json_array_append_new(all, one_verb(&verbs[i]));

	return json_pack("{s:o, s:o, s:o}", "verbs", all, "options", options(global_options),
			 "statuses", statuses(help_statuses));
}
