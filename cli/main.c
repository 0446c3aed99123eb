/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms: finds the verb, prepares what every verb needs, calls it, and is the
 * only one that says how it ended.  cmd.h tells how to add a verb.
 */
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "cmd.h"
#include "commands.h"
#include "explain.h"
#include "external.h"
#include "globals.h"
#include "help.h"
#include "version.h"
#include "verbs.h"

static int exit_status;

void cmd_exit(int status)
{
	exit_status = status;
}

bool cmd_may_ask(void)
{
	return !globals.no_input && !globals.json && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* What was asked for, understood as far as it can be. */
struct call {
	const struct verb *verb;	/* NULL: none, or none that we know */
	const struct verb *command;	/* of the verb, likewise */
	const char *word;		/* the verb as typed, or NULL */
	const char *program;		/* of another's verb, or NULL */
	int argc;			/* of the verb: its name and its operands */
	char **argv;
};

/* Options stand before the verb or behind it; only global ones before. */
static int parse_before(int at, char **argv, struct arena *a, struct err *e)
{
	const struct opt *const tables[] = { global_options, NULL };
	char **words = arena_array(a, char *, (size_t)at + 1);

	memcpy(words, argv, sizeof(*words) * (size_t)at);
	int rc = opt_parse(at, words, tables, a, e);
	if (rc == -MS_EUSAGE && strncmp(e->text, "unknown", 7) == 0)
		err_fix(e, "only options of every verb stand before the verb, those of one verb behind it: ms VERB [OPTION...]");
	return rc;
}

/* "; COMMAND is one of list, show", of a verb that wants one. */
static const char *commands_there(const struct verb *v, struct arena *a)
{
	const struct verb *c = v->page->commands;
	struct text t = { 0 };

	if (strncmp(v->operands, "COMMAND", 7))
		return "";
	for (; c && c->name; c++)
		text_add(&t, a, "%s%s", t.size ? ", " : "", c->name);
	for (const char *at = c ? "" : v->page->choices; at && *at; at++)
		*at == '|' ? text_add(&t, a, ", ") : text_add(&t, a, "%c", *at);
	return t.size ? arena_printf(a, "; COMMAND is one of %s", t.at) : "";
}

static int check_operands(const struct verb *v, int count, char **argv, struct arena *a, struct err *e)
{
	struct operand_range range = verb_operands(v);

	if (count < range.min)
		err_set(e, ERR_OPERANDS, "%s is missing", count ? "an operand" : v->operands);
	else if (count > range.max)
		err_set(e, ERR_OPERANDS, "'%s' is one operand too many", argv[range.max + 1]);
	else
		return MS_OK;

	return err_fix(e, "usage: %s%s", help_usage(v, a), count ? "" : commands_there(v, a));
}

/* The command that a line means, if it means one; -MS_EUSAGE when there is none of this name, or it has not these options. */
static int check_command(const struct call *c, struct arena *a, struct err *e)
{
	int at = c->verb->page->commands ? commands_at(c->verb, c->argc, c->argv) : c->argc;

	if (c->command)
		return commands_check_options(c->verb, c->command, c->argc, c->argv, e);
	return at < c->argc ? commands_unknown(c->verb, c->argv[at], a, e) : MS_OK;
}

static int parse_behind(struct call *c, struct arena *a, struct err *e)
{
	const struct verb *v = c->command ? c->command : c->verb;
	const struct opt *own = v->page->options;
	const struct opt *const with_own[] = { own, global_options, NULL };
	int skip = c->command != NULL;

	int rc = check_command(c, a, e);
	if (rc < 0)
		return rc;
	int count = opt_parse(c->argc, c->argv, own ? with_own : with_own + 1, a, e);
	if (count < 0)
		return count;
	c->argv[count + 1] = NULL;
	c->argc = count + 1;

	return check_operands(v, count - skip, c->argv + skip, a, e);
}

static void find_command(struct call *c)
{
	int at = c->verb && c->verb->page->commands ? commands_at(c->verb, c->argc, c->argv) : c->argc;

	if (at < c->argc)
		c->command = commands_find(c->verb, c->argv[at]);
}

static int change_folder(struct err *e)
{
	if (globals.folder && chdir(globals.folder))
		return err_errno(e, "cannot work in '%s'", globals.folder);

	return MS_OK;
}

static int parse(struct call *c, int argc, char **argv, struct arena *a, struct err *e)
{
	int at = globals_skip(argc, argv);

	c->word = argv[at];
	c->verb = at < argc ? verb_find(argv[at]) : NULL;
	c->argv = argv + at;
	c->argc = argc - at;
	if (c->word && !c->verb && (c->program = external_find(c->word, a))) {
		int rc = parse_before(at, argv, a, e);

		return rc < 0 ? rc : MS_OK;
	}

	find_command(c);
	/* These count wherever they stand and whatever else is wrong. */
	globals.json = globals_has(argc, argv, "--json");
	globals.help = globals_has(argc, argv, "-h") || globals_has(argc, argv, "--help");
	globals.version = globals_has(argc, argv, "-V") || globals_has(argc, argv, "--version");
	if (globals.help || globals.version)
		return MS_OK;

	int rc = parse_before(at, argv, a, e);
	if (rc >= 0 && c->word && !c->verb)
		rc = verb_unknown(c->word, e);
	if (rc >= 0 && c->verb)
		rc = parse_behind(c, a, e);

	return rc < 0 ? rc : MS_OK;
}

static int run_program(struct call *c, struct arena *a, struct err *e)
{
	int rc = change_folder(e);

	return rc < 0 ? rc : external_run(c->program, (const char *const *)c->argv + 1, a, e);
}

static int run(struct call *c, struct arena *a, struct err *e)
{
	if (c->program && !globals.version)
		return run_program(c, a, e);
	if (c->word && !c->verb && !c->program)
		return verb_unknown(c->word, e);
	if (globals.version && !globals.help)
		return version_print();
	if (globals.help || !c->verb)
		return help_print(c->command ? c->command : c->verb, a);
	int rc = change_folder(e);
	if (rc < 0)
		return rc;

	return c->verb->run(c->argc, c->argv, a, e);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct call c = { 0 };

	bug_watch(argc, argv);
	int rc = parse(&c, argc, argv, &a, &e);
	struct out_options o = globals_out();
	out_init(c.verb ? c.verb->name : NULL, &o);
	if (globals.json)
		bug_as_json(c.verb ? c.verb->name : NULL);
	if (rc == MS_OK)
		rc = run(&c, &a, &e);
	if (rc < 0)
		explanation_usual_fix(&e, &a);

	int status = out_finish(rc < 0 ? &e : NULL, exit_status);
	arena_done(&a);
	return status;
}
