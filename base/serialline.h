/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A board's console at the other end of a serial line, or of a socket that stands for one: lines come from it, bytes go
 * to it, and it may vanish and come back.
 */
#ifndef SERIALLINE_H
#define SERIALLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

struct serialline {
	const char *name;	/* a device such as /dev/ttyACM0, the path of a socket or pipe, HOST:PORT, or a file in which lines were kept */
	uint32_t speed;		/* baud, of a device */
	int fd;			/* -1: not open */
	bool kept;		/* it is a file, in which lines were kept: it has an end */
	bool skipping;		/* the rest of a line that was cut */
	size_t used;
	char buffer[4096];
};

/* The serial line that is plugged in; -MS_ETOOL: none; -MS_EUSAGE: several, which it names. */
int serialline_choose(struct arena *a, const char **name, struct err *e);

/* Open it; anybody else's settings of a device are replaced.  -MS_EUSAGE for a speed that no device has, -MS_ETOOL: it is not there. */
int serialline_open(struct serialline *l, struct err *e);

/*
 * The next line, without its end, made printable.  1: a line; 0: it is gone, and closed; -MS_ETIMEDOUT,
 * -MS_EINTR; -MS_EAGAIN: there is something to read on `also` (-1: none).
 */
int serialline_read(struct serialline *l, char *line, size_t size, uint64_t deadline_nsec, int also);

/* Send all; false: it is gone. */
bool serialline_write(struct serialline *l, const void *at, size_t size);

void serialline_close(struct serialline *l);

#endif
