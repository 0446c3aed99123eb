/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small changes of a YAML file that a person wrote: a value is added to a map or a list, and every other byte stays, comments too.
 * Values are given in brackets ("{ package: a.msp }", "[ x ]") or as plain texts, which fit wherever they go.
 */
#ifndef YAML_EDIT_H
#define YAML_EDIT_H

#include <stdbool.h>

#include "yaml_tree.h"

/*
 * The text with "- value" at the end of the list, or with "key: value" at the end of the map (key NULL: it is a list).  `at` is of the
 * tree that yaml_read made of this text: a list, a map, or a text that is empty and stands for one ("services:" and nothing more);
 * `parent` is the map or list that holds it, whose indentation an empty one takes.
 */
struct bytes yaml_edit_add(struct bytes text, const struct node *at, const struct node *parent, const char *key, const char *value, struct arena *a);

/*
 * The text without an item of a list that it has; a list that has none left stays as "[]".  An item in lines of its own goes with these lines, and with
 * the comments in them.  *out is untouched, and false returned, where a comment that may be about something else, or another value, would go too.
 */
bool yaml_edit_remove(struct bytes text, const struct node *item, const struct node *list, struct arena *a, struct bytes *out);

/* The text with another text in place of this one. */
struct bytes yaml_edit_replace(struct bytes text, const struct node *at, const char *value, struct arena *a);

/* Does `now` hold all that `before` holds, in the same order, but for `item`, of which nothing is left, or, with a value, which is that text now? */
bool yaml_edit_only(const struct node *before, const struct node *now, const struct node *item, const char *value);

/* Does `now` hold all that `before` holds, in the same order, and beside it exactly one text, `added` (NULL: none)?  Lets an edit prove that it lost nothing. */
bool yaml_edit_kept(const struct node *before, const struct node *now, const char *added);

#endif
