/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in: what runs in place of a service's main when a test takes its
 * part (<ms/sim.h>, "Standing in").  It makes the calls that the test wants made, and
 * asks the test for the answer to each message.  Both talk by this struct in the
 * service's memory, and by one gate number that no device has.
 */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <stdint.h>

enum { STAND_IN_ROOM = 4096, STAND_IN_VECTORS = 4 };

#define STAND_IN_ASK UINT32_MAX		/* gate number: read `state`, do what it says */

enum stand_in_state {
	STAND_IN_IDLE,
	STAND_IN_CONNECT, STAND_IN_CALL, STAND_IN_CLOSE,	/* of the test: do this */
	STAND_IN_DONE,						/* to the test: it is done */
	STAND_IN_ANSWER,					/* to the test: what shall be replied? */
};

struct ms_stand_in {
	uint32_t state;
	uint32_t sid, version;			/* connect */
	int32_t handle, type, status;		/* call, close; what came of it; of a message its type and, from the test, the reply */
	int32_t client_id;
	uint32_t signal;			/* of the message's interface */
	uintptr_t rhandle;			/* of the message's connection, and what it shall be */
	uint32_t in_count, out_count;
	uint32_t in_size[STAND_IN_VECTORS], out_size[STAND_IN_VECTORS];	/* one after the other in the next two */
	uint8_t in[STAND_IN_ROOM], out[STAND_IN_ROOM];
};

/* Never returns. */
_Noreturn void ms_stand_in(void);
extern struct ms_stand_in ms_stand_in_talk;

#endif
