/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A board's memory and its stops over gdb's remote protocol, as an emulator's stub or a probe's server speaks it.  It reads
 * physical memory, whatever its protection says; it writes what the code that stands there may reach, flash included.  Connecting stops the processor.
 */
#ifndef GDBREMOTE_H
#define GDBREMOTE_H

#include "bytes.h"
#include "err.h"

enum { GDBREMOTE_BUFFER = 4096 };

struct gdbremote {
	int fd;
	uint8_t buffer[GDBREMOTE_BUFFER];	/* received, not yet used */
	size_t used, taken;			/* of which so much has been answered with */
	bool stopped;			/* it has said that the processor stands still */
	bool described;			/* it was asked what registers there are */
};

/* Connect to a port on this computer.  -MS_ETOOL when nobody answers there. */
int gdbremote_open(struct gdbremote *g, uint16_t port, struct err *e);

/* The same to an emulator that has just been started, and needs a moment until it listens. */
int gdbremote_reach(struct gdbremote *g, uint16_t port, struct err *e);

/* Fill `to`; -MS_ETOOL naming the address when it cannot be read or what comes is no answer. */
int gdbremote_read(struct gdbremote *g, uint32_t address, void *to, size_t size, struct err *e);

/* Change memory of a processor that stands still; -MS_ETOOL naming the address.  It is written with the rights of what runs just now. */
int gdbremote_write(struct gdbremote *g, uint32_t address, struct bytes content, struct err *e);

/* A register of a processor that stands still, by its number in the protocol: r0 to r15 are 0 to 15. */
int gdbremote_register(struct gdbremote *g, uint32_t number, uint32_t *value, struct err *e);
int gdbremote_set_register(struct gdbremote *g, uint32_t number, uint32_t value, struct err *e);

/* Has the processor stopped by itself?  1: yes; 0: not within the time.  Other news on g->fd is read on the way. */
int gdbremote_wait(struct gdbremote *g, int msec, struct err *e);

/* Stop it; go on; have it stop (or no more) before it does what lies at an address. */
int gdbremote_halt(struct gdbremote *g, struct err *e);
int gdbremote_go(struct gdbremote *g, struct err *e);
int gdbremote_break(struct gdbremote *g, uint32_t address, bool set, struct err *e);

void gdbremote_close(struct gdbremote *g);

/*
 * The first packet in what was received: its content between '$' and '#', borrowed, and in *used how many bytes it
 * and what precedes it take.  1: there is one; 0: it is not whole yet; -MS_EFORMAT: what is there can be none.
 */
int gdbremote_packet(struct bytes in, struct bytes *content, size_t *used);

/* The bytes, "0x5a", in a listing of the emulator's monitor; false when there are fewer than `size`. */
bool gdbremote_undump(struct bytes text, uint8_t *to, size_t size);

/* Content of two hexadecimal digits for each byte; false when it is not exactly that. */
bool gdbremote_unhex(struct bytes content, uint8_t *to, size_t size);

#endif
