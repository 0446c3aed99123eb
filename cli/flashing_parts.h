/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of flashing: what OpenOCD has said so far, and what follows from it. */
#ifndef FLASHING_PARTS_H
#define FLASHING_PARTS_H

#include "flashing.h"
#include "process.h"

enum { FLASHING_WORDS_MAX = 512 };

struct flash_talk {
	struct flashing *f;
	struct arena *a;
	char stop[32];				/* why the script stopped */
	char error[FLASHING_WORDS_MAX];		/* OpenOCD's first complaint since the last step */
	bool ended;				/* the script came to its end */
};

/* `more`: how reading from OpenOCD ended: 0, -MS_ETIMEDOUT, -MS_EINTR, -MS_EIO when the probe's connection is closed. */
int flashing_verdict(const struct flash_talk *t, int more, const struct process *p, struct err *e);

#endif
