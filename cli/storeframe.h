/* SPDX-License-Identifier: Apache-2.0 */
/* What a service of a store is to fit into, handed to ms-store as a file that lies nowhere. */
#ifndef STOREFRAME_H
#define STOREFRAME_H

#include "plan.h"

/* Of the word of --fits: a product's folder, or a board.  *path may be opened by this program and by those that it starts. */
int storeframe_word(const char *word, struct arena *a, const char **path, struct err *e);

/* Of the product in a folder. */
int storeframe_product(const char *folder, struct arena *a, const char **path, struct err *e);

#endif
