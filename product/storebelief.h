/* SPDX-License-Identifier: Apache-2.0 */
/* By which key a store's log is believed: the one that was named, or one that this person trusts under the log's name. */
#ifndef STOREBELIEF_H
#define STOREBELIEF_H

#include "note.h"
#include "storefiles.h"

/* The key that is written there, NAME+ID+KEY, or in the file of that name. */
int storebelief_read(const char *word, struct arena *a, struct note_key *out, struct err *e);

/*
 * For the log among the files: `word`, or, where that is NULL, who is trusted.  *trusted is false where nobody is, or where the checkpoint names no
 * log, which is no failure; *note is the checkpoint as it came, which nobody has believed by now.  Where there is none, storebelief_no_store.
 */
int storebelief_find(const struct storefiles *files, const char *word, struct arena *a, struct bytes *note, bool *trusted, struct note_key *out, struct err *e);

/* Say that there is no store among these files; returns what err_set does. */
int storebelief_no_store(const struct storefiles *files, struct err *e);

#endif
