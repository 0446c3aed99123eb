/* SPDX-License-Identifier: Apache-2.0 */
#include "companion.h"

#include <string.h>

#include "explain.h"
#include "out.h"

static bool json, quiet;
static int verbose;
static const char *colour;

static const struct opt all_have[] = {
	OPT_FLAG(0, "json", &json, "for programs"),
	OPT_FLAG('q', "quiet", &quiet, "say less"),
	OPT_COUNT('v', "verbose", &verbose, "say more"),
	OPT_CHOOSE(0, "color", &colour, "auto|always|never", "colour"),
	OPT_END
};

/* The first word is a command's name, or *e says which one it is near. */
static const struct companion_command *find(const struct companion *c, const char *word, struct arena *a, struct err *e)
{
	const char **names = arena_array(a, const char *, c->command_count);
	size_t count = 0;

	for (size_t i = 0; i < c->command_count; i++) {
		if (c->commands[i].options)
			continue;
		names[count++] = c->commands[i].name;
		if (word && !strcmp(word, c->commands[i].name))
			return &c->commands[i];
	}
	const char *near = word ? opt_nearest(word, names, count) : NULL;

	err_set(e, word ? ERR_UNKNOWN_VERB : ERR_OPERANDS, word ? "there is no command '%s'" : "the command is missing%s", word ? word : "");
	if (near)
		err_fix(e, "did you mean 'ms %s %s'?", c->verb, near);
	else
		err_fix(e, "'ms help %s' lists them", c->verb);
	return NULL;
}

static int check_count(const struct companion *c, const struct companion_command *k, int count, struct err *e)
{
	const char *bound = k->least == k->most ? "" : count < k->least ? "at least " : "at most ";
	int wanted = count < k->least ? k->least : k->most;

	if (count >= k->least && count <= k->most)
		return MS_OK;
	err_set(e, ERR_OPERANDS, "'%s' takes %s%d operand%s", k->name, bound, wanted, wanted == 1 ? "" : "s");
	return err_fix(e, "'ms help %s' says which", k->options ? k->name : c->verb);
}

/* Options are set, and the operands' number is given. */
static int prepare(const char *verb, const struct opt *const tables[], int argc, char **argv, struct arena *a, struct err *e)
{
	int count = opt_parse(argc, argv, tables, a, e);

	out_init(verb, &(struct out_options){ json, quiet, verbose, !colour || !strcmp(colour, "auto") ? OUT_AUTO :
		 !strcmp(colour, "always") ? OUT_ALWAYS : OUT_NEVER });
	if (count >= 0)
		argv[count + 1] = NULL;
	return count;
}

/* The verb that it does whole, if the first word is one. */
static const struct companion_command *find_verb(const struct companion *c, const char *word)
{
	for (size_t i = 0; word && i < c->command_count; i++)
		if (c->commands[i].options && !strcmp(word, c->commands[i].name))
			return &c->commands[i];
	return NULL;
}

static int run_verb(const struct companion *c, const struct companion_command *k, int argc, char **argv, struct arena *a, struct err *e)
{
	const struct opt *const tables[] = { k->options, all_have, NULL };

	int count = prepare(k->name, tables, argc, argv, a, e);
	int rc = count < 0 ? count : check_count(c, k, count, e);
	return rc < 0 ? rc : c->run((size_t)(k - c->commands), (const char *const *)argv + 1, a, e);
}

static int run(const struct companion *c, int argc, char **argv, struct arena *a, struct err *e)
{
	const struct opt *const tables[] = { c->options, all_have, NULL };

	const struct companion_command *verb = find_verb(c, argv[1]);
	if (verb)
		return run_verb(c, verb, argc - 1, argv + 1, a, e);
	int count = prepare(c->verb, tables, argc, argv, a, e);
	if (count < 0)
		return count;
	const struct companion_command *k = find(c, count ? argv[1] : NULL, a, e);
	if (!k)
		return e->code;
	int rc = check_count(c, k, count - 1, e);
	return rc < 0 ? rc : c->run((size_t)(k - c->commands), (const char *const *)argv + 2, a, e);
}

int companion_main(const struct companion *c, int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };

	out_init(c->verb, &(struct out_options){ 0 });
	int rc = run(c, argc, argv, &a, &e);
	if (rc < 0)
		explanation_usual_fix(&e, &a);
	int status = out_finish(rc < 0 ? &e : NULL, rc > 0 ? rc : 0);

	arena_done(&a);
	return status;
}
