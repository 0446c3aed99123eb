/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The processor of a fault record, for gdb: it asks by its remote protocol, over a loopback port, as it would ask a board.  Only what
 * the record holds is answered; of all else gdb is told that it is not there, and so tells its user.
 */
#ifndef POSTMORTEM_H
#define POSTMORTEM_H

#include "console.h"
#include "gdbremote.h"

struct postmortem {
	uint32_t pc, lr, sp;
	struct postmortem_word { uint32_t address, value; } words[CONSOLE_CALLS_MAX];	/* of the stack */
	uint32_t word_count;
	int listener, fd;		/* -1: none */
	uint8_t buffer[GDBREMOTE_BUFFER];
	size_t used;
};

/* What a record knows.  `text`: where the code of its service begins on the board. */
void postmortem_of(const struct console_fault *f, uint32_t text, struct postmortem *out);

/* The answer to one packet's content, into `answer`, NUL-terminated; false: gdb wants to end it. */
enum { POSTMORTEM_ANSWER_MAX = 2048 };
bool postmortem_answer(const struct postmortem *p, struct bytes content, char answer[POSTMORTEM_ANSWER_MAX]);

/* Listen on a free port. */
int postmortem_open(struct postmortem *p, uint16_t *port, struct err *e);

/* Serve who asks, for about so long. */
void postmortem_serve(struct postmortem *p, int msec);
void postmortem_close(struct postmortem *p);

#endif
