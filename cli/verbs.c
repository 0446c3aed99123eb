/* SPDX-License-Identifier: Apache-2.0 */
#include "verbs.h"

#include <limits.h>
#include <string.h>

const struct verb verbs[] = {
#define VERB(name, group, operands, summary) { #name, NULL, VERB_##group, operands, summary, cmd_##name, &page_##name },
#include "verbs.def"
#undef VERB
};

const size_t verb_count = 0
#define VERB(name, group, operands, summary) + (VERB_##group != VERB_HIDDEN)
#include "verbs.def"
#undef VERB
;

const char *verb_group_title(enum verb_group group)
{
	static const char *const title[VERB_GROUP_COUNT] = {
		[VERB_START] = "write and try a service",
		[VERB_TRUST] = "sign, pack and check",
		[VERB_CARE] = "look after things",
	};

	return title[group];
}

const struct verb *verb_find(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];

	return NULL;
}

const char *verb_words(const struct verb *v, struct arena *a)
{
	return v->of ? arena_printf(a, "%s %s", v->of, v->name) : v->name;
}

/* "FILE..." is one or more, "[DIR]" one or none: what a person reads is what counts. */
struct operand_range verb_operands(const struct verb *v)
{
	struct operand_range range = { 0, 0 };

	for (const char *word = v->operands; *word; word += strspn(word, " ")) {
		size_t size = strcspn(word, " ");

		if (word[0] != '[')
			range.min++;
		if (memmem(word, size, "...", 3))
			range.max = INT_MAX;
		else if (range.max < INT_MAX)
			range.max++;
		word += size;
	}

	return range;
}

int verb_unknown(const char *name, struct err *e)
{
	const char *names[sizeof(verbs) / sizeof(verbs[0])];

	for (size_t i = 0; i < verb_count; i++)
		names[i] = verbs[i].name;
	const char *near = opt_nearest(name, names, verb_count);

	err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a verb of ms", name);
	return near ? err_fix(e, "did you mean 'ms %s'?", near) : err_fix(e, "'ms help' lists the verbs");
}
