/* SPDX-License-Identifier: Apache-2.0 */
/* A log that is open, beneath log.h. */
#ifndef LOG_OPEN_H
#define LOG_OPEN_H

#include <pthread.h>

#include "journal.h"
#include "log.h"
#include "storefiles.h"
#include "tilewriter.h"

struct waiter;

struct log {
	struct arena own;	/* the struct itself, and names */
	const char *folder, *journal_path, *origin;
	const struct ed25519 *key;
	struct storefiles files;
	int lock_fd;

	pthread_mutex_t mutex;	/* of what follows, but for what only the one who writes touches */
	pthread_cond_t changed;
	struct waiter *waiting, **waiting_end;
	bool writing;
	struct logview *view;	/* what was shown last; replaced, never changed */
	struct arena read;	/* of the whole bundle that was read last: entries are mostly asked for one after the other */
	struct bytes bundle;
	uint64_t bundle_number;

	/* of the one who writes */
	struct journal journal;
	uint64_t journal_first;	/* a multiple of TLOG_WIDTH */
	bool broken;
};

/* Lock, read and put in order; on failure log_close ends what was begun. */
int log_load(struct log *l, const char *store, const char *origin, struct err *e);

/* Sign for what a view has, and show it. */
int log_sign(struct log *l, struct logview *v, struct err *e);

#endif
