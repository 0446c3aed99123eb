/* SPDX-License-Identifier: Apache-2.0 */
#include "companion.h"

#include <errno.h>
#include <unistd.h>

#include "file.h"

const char *companion_path(const char *name, struct arena *a)
{
	const char *self = path_real(a, "/proc/self/exe");

	return path_join(a, path_folder(a, self ? self : "/"), name);
}

static void push(struct list *words, struct arena *a, const char *option, const char *value)
{
	list_push(words, a, arena_printf(a, "--%s", option));
	if (value)
		list_push(words, a, (void *)value);
}

static void push_list(struct list *words, struct arena *a, const char *option, const struct list *values)
{
	for (size_t i = 0; i < values->count; i++)
		push(words, a, option, values->at[i]);
}

void companion_options(struct list *words, const struct opt *table, struct arena *a)
{
	for (const struct opt *o = table; o->kind != OPT_END_OF_TABLE; o++) {
		if (o->kind == OPT_IS_LIST)
			push_list(words, a, o->name, o->to);
		else if (o->kind == OPT_IS_TEXT && *(const char **)o->to)
			push(words, a, o->name, *(const char **)o->to);
		else if (o->kind == OPT_IS_NUMBER && *(uint32_t *)o->to)
			push(words, a, o->name, arena_printf(a, "%u", *(uint32_t *)o->to));
		else if (o->kind == OPT_IS_FLAG && *(bool *)o->to)
			push(words, a, o->name, NULL);
		for (int i = 0; o->kind == OPT_IS_COUNT && i < *(int *)o->to; i++)
			push(words, a, o->name, NULL);
	}
}

static int become(const char *name, const char *verb, const struct list *options, int argc, char **argv, struct arena *a, struct err *e)
{
	const char *program = companion_path(name, a);
	struct list words = { 0 };

	list_push(&words, a, (void *)program);
	if (verb)
		list_push(&words, a, (void *)verb);
	for (size_t i = 0; i < options->count; i++)
		list_push(&words, a, options->at[i]);
	list_push(&words, a, (void *)"--");
	for (int i = 1; i < argc; i++)
		list_push(&words, a, argv[i]);
	list_push(&words, a, NULL);

	execv(program, (char **)words.at);
	if (errno != ENOENT)
		return err_errno(e, "cannot start '%s'", program);
	err_set(e, ERR_SDK_INCOMPLETE, "there is no '%s'", program);
	return err_fix(e, "install it with ./install.sh");
}

int companion_become(const char *name, const struct list *options, int argc, char **argv, struct arena *a, struct err *e)
{
	return become(name, NULL, options, argc, argv, a, e);
}

int companion_become_verb(const char *name, const struct list *options, int argc, char **argv, struct arena *a, struct err *e)
{
	return become(name, argv[0], options, argc, argv, a, e);
}
