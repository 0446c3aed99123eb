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

/* Does `now` hold all that `before` holds, in the same order, and beside it exactly one text, `added` (NULL: none)?  Lets an edit prove that it lost nothing. */
bool yaml_edit_kept(const struct node *before, const struct node *now, const char *added);

#endif
