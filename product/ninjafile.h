/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text of a Ninja file.  A path may hold blanks, '$', ':' and anything else but a
 * line break; it is escaped for Ninja here, and for the shell by Ninja ($in,
 * $out) or by ninja_words.
 */
#ifndef NINJAFILE_H
#define NINJAFILE_H

#include "arena.h"

/* One path of a build line, with a blank in front. */
void ninja_path(struct text *t, struct arena *a, const char *path);

/* "name = words...", each word quoted for the shell where it needs to be; `indent` for a binding of a build line. */
void ninja_words(struct text *t, struct arena *a, bool indent, const char *name, const struct list *words);

/* A word as the shell reads it back, and as one JSON string with its quotes. */
char *shell_word(struct arena *a, const char *word);
void json_text(struct text *t, struct arena *a, const char *string);

#endif
