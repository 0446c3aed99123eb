/* SPDX-License-Identifier: Apache-2.0 */
/* Completion scripts for shells, whole and self-contained, made from the verbs' tables. */
#ifndef COMPLETE_H
#define COMPLETE_H

#include "verbs.h"

char *complete_bash(struct arena *a);
char *complete_zsh(struct arena *a);
char *complete_fish(struct arena *a);

/* Is there something to complete after this option?  Hidden ones (without help) are left out everywhere. */
bool complete_takes_value(const struct opt *o);

/* "a|b" as "a b"; names of all verbs with blanks between. */
char *complete_words(const char *choices, struct arena *a);
char *complete_verbs(struct arena *a);

#endif
