/* SPDX-License-Identifier: Apache-2.0 */
/* The tiles of a log as files. */
#ifndef TLOG_FILES_H
#define TLOG_FILES_H

#include "storefiles.h"
#include "tlog.h"

enum { TLOG_BUNDLE_MAX = TLOG_WIDTH * (2 + TLOG_ENTRY_MAX) };

/* Tiles below log/ of a store's files; all of it is borrowed. */
struct tlog_files { const struct storefiles *files; };
struct tlog_tiles tlog_files_tiles(struct tlog_files *f);

/* A bundle of `width` entries: its bytes, of which as many are checked to be whole entries, and no more follow. */
int tlog_files_bundle(const struct storefiles *files, uint64_t number, uint32_t width, struct arena *a, struct bytes *bundle, struct err *e);

#endif
