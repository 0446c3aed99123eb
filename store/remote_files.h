/* SPDX-License-Identifier: Apache-2.0 */
/* The public files of a store that is served, or of a mirror behind any web server. */
#ifndef REMOTE_FILES_H
#define REMOTE_FILES_H

#include "client.h"
#include "storefiles.h"

/* Read below the client's address; what comes is believed by its hashes alone. */
struct storefiles remote_files(struct client *c);

#endif
