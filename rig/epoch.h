/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The epochs of leases on disk: an agent that is killed and started again gives no number a second time, so that whoever
 * still acts under an old one is refused.
 */
#ifndef EPOCH_H
#define EPOCH_H

#include <stdint.h>

#include "arena.h"
#include "err.h"

/* The last epoch of a board; 0 when there is no file yet.  A file that holds anything else is refused, never guessed at. */
int epoch_read(const char *path, uint64_t *epoch, struct arena *a, struct err *e);

/* Written whole, and on the disk when this returns. */
int epoch_write(const char *path, uint64_t epoch, struct arena *a, struct err *e);

#endif
