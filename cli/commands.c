/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <string.h>

#include "globals.h"

/* Whatever its command may be: is the next word the value of this one? */
static bool takes_next(const struct verb *v, const char *word)
{
	bool takes = opt_takes_next(word, global_options);

	for (const struct verb *c = v->page->commands; c->name && !takes; c++)
		takes = opt_takes_next(word, c->page->options);
	return takes;
}

int commands_at(const struct verb *v, int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-' && argv[i][1] && strcmp(argv[i], "--") != 0)
		i += takes_next(v, argv[i]) ? 2 : 1;
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	return i < argc ? i : argc;
}

static const struct verb *find(const struct verb *commands, const char *name)
{
	while (commands->name && strcmp(commands->name, name) != 0)
		commands++;
	return commands->name ? commands : NULL;
}

const struct verb *commands_find(const struct verb *v, const char *name)
{
	return find(v->page->commands, name);
}

char *commands_names(const struct verb *v, const char *between, struct arena *a)
{
	struct text t = { 0 };

	for (const struct verb *c = v->page->commands; c->name; c++)
		text_add(&t, a, "%s%s", t.size ? between : "", c->name);
	return t.at;
}

int commands_unknown(const struct verb *v, const char *name, struct arena *a, struct err *e)
{
	struct list names = { 0 };

	for (const struct verb *c = v->page->commands; c->name; c++)
		list_push(&names, a, (char *)c->name);
	const char *near = opt_nearest(name, (const char *const *)names.at, names.count);

	err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a command of ms %s", name, v->name);
	return near ? err_fix(e, "did you mean 'ms %s %s'?", v->name, near) : err_fix(e, "it is one of %s", commands_names(v, "|", a));
}

/* Another command that has this option, or NULL. */
static const struct verb *whose(const struct verb *v, const char *word)
{
	for (const struct verb *c = v->page->commands; c->name; c++)
		if (opt_of(word, c->page->options))
			return c;
	return NULL;
}

int commands_check_options(const struct verb *v, const struct verb *command, int argc, char **argv, struct err *e)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		bool known = opt_of(argv[i], command->page->options) || opt_of(argv[i], global_options);
		const struct verb *other = known ? NULL : whose(v, argv[i]);

		if (other) {
			err_set(e, ERR_OPTIONS_DISAGREE, "'%.*s' is not for 'ms %s %s'", (int)strcspn(argv[i], "="), argv[i], v->name, command->name);
			return err_fix(e, "'ms %s %s' has it; 'ms help %s %s' lists those that are", v->name, other->name, v->name, command->name);
		}
		i += takes_next(v, argv[i]);
	}
	return MS_OK;
}

int commands_run(const struct verb *commands, int argc, char **argv, struct arena *a, struct err *e)
{
	return find(commands, argv[1])->run(argc - 1, argv + 1, a, e);
}
