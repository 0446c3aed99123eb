/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs of others: `ms foo` is the program ms-foo in PATH, when ms has no such verb of its own (docs/own-verbs.md). */
#ifndef EXTERNAL_H
#define EXTERNAL_H

#include "arena.h"
#include "err.h"

/* The program of a verb, or NULL.  A verb is small letters, digits and hyphens. */
const char *external_find(const char *verb, struct arena *a);

/*
 * Become that program: the options of every verb that were given stand first, then these words.  It works in the folder of -C, and finds this ms
 * by the variable MS.  Returns only when that fails.
 */
int external_run(const char *program, const char *const words[], struct arena *a, struct err *e);

#endif
