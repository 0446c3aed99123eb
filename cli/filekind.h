/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of file of ours some bytes are, by their first bytes; nothing of them is believed yet. */
#ifndef FILEKIND_H
#define FILEKIND_H

#include "board.h"

enum filekind {
	FILEKIND_UNKNOWN, FILEKIND_ELF, FILEKIND_IMAGE, FILEKIND_PACKAGE, FILEKIND_DEVICE, FILEKIND_TABLE, FILEKIND_PROVISION,
	FILEKIND_SIGNATURE, FILEKIND_KEY, FILEKIND_SOURCE
};

enum { FILEKIND_SIZE_MAX = 64 << 20 };	/* larger files are none of ours */

/* "executable", "package", ... */
const char *filekind_name(enum filekind kind);

/* Of a device image, *board is what its provisioning sector says it is for: one of the boards of the SDK. */
enum filekind filekind_of(struct bytes content, struct arena *a, struct board *board);

#endif
