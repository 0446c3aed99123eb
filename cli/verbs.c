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

/* What other tools call what ms has under another name, or has no verb for. */
static const struct { const char *word, *fix; } elsewhere[] = {
	{ "init", "'ms new NAME' makes a project, 'ms product init' a product" },
	{ "compile", "it is 'ms build'" },
	{ "deploy", "'ms flash' writes services into a board, 'ms publish' puts a package into a store" },
	{ "upload", "'ms flash' writes services into a board, 'ms publish' puts a package into a store" },
	{ "push", "'ms publish' puts a package into a store" },
	{ "logout", "it is 'ms login --remove URL'" },
	{ "unpublish", "a version is not deleted; 'ms yank' withdraws it" },
	{ "deprecate", "it is 'ms yank --deprecate'" },
	{ "trust", "it is 'ms key trust'" },
	{ "serve", "it is 'ms store serve', or 'ms rig serve'" },
	{ "mirror", "it is 'ms store mirror'" },
	{ "claim", "it is 'ms login URL --claim VENDOR'" },
	{ "sbom", "'ms package' makes the bill of materials, 'ms inspect FILE.msp' shows it" },
	{ "attest", "'ms product build' writes the evidence of a product, and signs it" },
	{ "config", "there are no settings beside options and a project's files; 'ms help key' and 'ms help login' say where keys and tokens lie" },
};

int verb_unknown(const char *name, struct err *e)
{
	const char *names[sizeof(verbs) / sizeof(verbs[0])];

	for (size_t i = 0; i < verb_count; i++)
		names[i] = verbs[i].name;
	const char *near = opt_nearest(name, names, verb_count);

	err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a verb of ms", name);
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		if (!strcmp(name, elsewhere[i].word))
			return err_fix(e, "%s", elsewhere[i].fix);
	return near ? err_fix(e, "did you mean 'ms %s'?", near) : err_fix(e, "'ms help' lists the verbs");
}
