/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Passphrases and PINs: from a file that an option or MS_PASSPHRASE_FILE
 * names, or asked for on the terminal; never from a command line, never
 * printed, and overwritten when they were used.
 */
#ifndef PASSPHRASE_H
#define PASSPHRASE_H

#include <stddef.h>

#include "err.h"
#include "opt.h"

enum { PASSPHRASE_MAX = 255 };

struct passphrase { char text[PASSPHRASE_MAX + 2]; size_t size; };	/* a NUL follows it */

/* What --passphrase-file said; NULL: it was left out. */
extern const char *passphrase_file;

/* The option of each verb that signs. */
#define PASSPHRASE_OPTION \
	OPT_TEXT(0, "passphrase-file", "FILE", &passphrase_file, OPT_FILE, "the passphrase of the private key is the first line of FILE (default: MS_PASSPHRASE_FILE, or asked for)")

/*
 * Get it: from the file if there is one, else by asking on the terminal, `twice` for a new one.
 * -MS_EINVAL with the fix when nobody can be asked; -MS_EACCES for a file that others may read.
 */
int passphrase_get(const char *question, bool twice, struct passphrase *out, struct err *e);

/* By asking alone, once: for a secret that is no key's, such as a token. */
int passphrase_ask(const char *question, struct passphrase *out, struct err *e);

/* From the first line of this file alone. */
int passphrase_read(const char *path, struct passphrase *out, struct err *e);

void passphrase_forget(struct passphrase *p);

#endif
