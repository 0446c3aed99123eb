/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where ms keeps what is the user's: XDG's folders, or all of them under
 * MS_HOME.  Nothing is written anywhere else in the home directory.  The
 * folders may not be there yet (file_make_folders); the paths are absolute.
 */
#ifndef FOLDERS_H
#define FOLDERS_H

#include "arena.h"

const char *folder_config(struct arena *a);	/* keys, trust, settings: to be backed up */
const char *folder_cache(struct arena *a);	/* may be deleted at any time */
const char *folder_state(struct arena *a);	/* reports of our own crashes */

#endif
