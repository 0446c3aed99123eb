/* SPDX-License-Identifier: Apache-2.0 */
/* The public files of a store that is served, or of a mirror behind any web server. */
#ifndef REMOTE_FILES_H
#define REMOTE_FILES_H

#include "storefiles.h"

struct remote_files;

/*
 * Read below https://HOST[:PORT][/PATH], or http, where what comes is believed by its hashes alone.  Asks again, with longer and longer waits, while a
 * server cannot be reached or has trouble; then -MS_EIO (ERR_STORE_UNREACHABLE).  Follows no redirect.
 */
int remote_files_open(const char *url, struct arena *a, struct remote_files **out, struct storefiles *files, struct err *e);
void remote_files_close(struct remote_files *r);

#endif
