/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own keys, beneath trust.h. */
#ifndef TRUST_OWN_H
#define TRUST_OWN_H

#include "trust.h"

/* This person's key of a role; -MS_ENOENT if there is none. */
int own_read(enum trust_role role, struct arena *a, struct trusted *t, struct err *e);

/* The names in one of our folders that end in ".pem", as paths; none if there is no folder. */
int own_list_pem(const char *folder, struct arena *a, struct list *paths, struct err *e);

#endif
