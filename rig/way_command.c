/* SPDX-License-Identifier: Apache-2.0 */
/* A board that a command of the rig's owner drives. */
#include <stdlib.h>
#include <string.h>

#include "way.h"

/* A word with each "{image}" as the file's name. */
static const char *filled(const char *word, const char *image, struct arena *a)
{
	static const char mark[] = "{image}";
	struct text t = { 0 };

	for (const char *at; (at = strstr(word, mark)); word = at + strlen(mark))
		text_add(&t, a, "%.*s%s", (int)(at - word), word, image);
	text_add(&t, a, "%s", word);
	return t.at ? t.at : "";
}

int way_command(const struct lent *l, const struct board *b, const struct order *o, struct arena *a, struct process *p, struct err *e)
{
	const char **argv = arena_array(a, const char *, l->command.count + 1);

	for (uint32_t i = 0; i < l->command.count; i++)
		argv[i] = filled(l->command.at[i], o->image ? o->image : "", a);
	setenv("MS_RIG_BOARD", b->name, 1);
	setenv("MS_RIG_JOB", job_word(o->job), 1);
	return process_start(argv, NULL, p, e);
}
