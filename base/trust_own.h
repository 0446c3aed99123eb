/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own keys, and what the folders of trusted ones hold, beneath trust.h. */
#ifndef TRUST_OWN_H
#define TRUST_OWN_H

#include "trust.h"

/* This person's key of a role; -MS_ENOENT if there is none. */
int own_read(enum trust_role role, struct arena *a, struct trusted *t, struct err *e);

/* The names in one of our folders that end in ".pem", as paths; none if there is no folder. */
int own_list_pem(const char *folder, struct arena *a, struct list *paths, struct err *e);

/* <config>/trust. */
const char *trust_folder(struct arena *a);

/* The file of a trusted key in such a folder, there or not; and what it says. */
const char *trust_path_in(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a);
int trust_read(const char *path, struct arena *a, struct trusted *t, struct err *e);

/* "on 2026-11-22: lost" of a key that such a folder has as revoked, else NULL. */
const char *trust_revoked_text(const char *folder, const uint8_t kid[COSE_KID_SIZE], struct arena *a);

#endif
