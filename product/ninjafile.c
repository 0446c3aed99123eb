/* SPDX-License-Identifier: Apache-2.0 */
#include "ninjafile.h"

#include <string.h>

void ninja_path(struct text *t, struct arena *a, const char *path)
{
	text_add(t, a, " ");
	for (; *path; path++)
		text_add(t, a, strchr("$ :|", *path) ? "$%c" : "%c", *path);
}

/* Needs a word no quotes in a POSIX shell? */
static bool is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";

	return *word && !word[strspn(word, plain)];
}

char *shell_word(struct arena *a, const char *word)
{
	struct text t = { 0 };

	if (is_plain(word))
		return arena_printf(a, "%s", word);

	text_add(&t, a, "'");
	for (; *word; word++)
		text_add(&t, a, *word == '\'' ? "'\\''" : "%c", *word);
	text_add(&t, a, "'");
	return t.at;
}

void ninja_words(struct text *t, struct arena *a, bool indent, const char *name, const struct list *words)
{
	text_add(t, a, "%s%s =", indent ? "  " : "", name);
	for (size_t i = 0; i < words->count; i++) {
		text_add(t, a, " ");
		for (const char *at = shell_word(a, words->at[i]); *at; at++)
			text_add(t, a, *at == '$' ? "$$" : "%c", *at);
	}
	text_add(t, a, "\n");
}

void json_text(struct text *t, struct arena *a, const char *string)
{
	text_add(t, a, "\"");
	for (; *string; string++) {
		unsigned char c = (unsigned char)*string;

		if (c == '"' || c == '\\')
			text_add(t, a, "\\%c", c);
		else
			text_add(t, a, c < 0x20 ? "\\u%04x" : "%c", c);
	}
	text_add(t, a, "\"");
}
