/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which stores' logs this person believes, and what was seen of them.
 *
 *   <config>/trust/stores/<NAME>+<ID>.key		a verifier key: one line
 *   <state>/stores/<NAME>+<ID>.checkpoint	the newest checkpoint that was seen
 *
 * A '/' of a log's name is '%' in a file's name.
 */
#ifndef STORETRUST_H
#define STORETRUST_H

#include "note.h"

/* Believe what this key signs, under its name. */
int storetrust_add(const struct note_key *k, struct arena *a, struct err *e);

/* Believe it no more; what was seen stays.  `word` is the log's name, or the key. -MS_ENOENT if there is none. */
int storetrust_remove(const char *word, struct arena *a, struct err *e);

/* All of them (struct note_key *), by name. */
int storetrust_list(struct arena *a, struct list *keys, struct err *e);

/*
 * The key that has signed a note, among those that are believed under its
 * text's first line.  -MS_ENOENT (ERR_STORE_UNKNOWN): none is believed under that name, and *e has it.
 */
int storetrust_find(const char *name, const struct note *n, struct arena *a, struct note_key *out, struct err *e);

/* Where the checkpoint that was seen lies; its folder may not be there. */
const char *storetrust_seen(const struct note_key *k, struct arena *a);

#endif
