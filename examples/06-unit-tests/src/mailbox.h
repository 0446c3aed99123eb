/* SPDX-License-Identifier: Apache-2.0 */
/* One letter at a time, from one thread to another. */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <stdint.h>

struct mailbox {
	uint32_t rings;		/* counts what was put */
	uint32_t letter;	/* 0: none */
};

void mailbox_put(struct mailbox *m, uint32_t letter);
uint32_t mailbox_wait(struct mailbox *m);

#endif
