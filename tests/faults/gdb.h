/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An emulated board that stands still between our steps: QEMU, spoken to by the remote serial protocol of gdb over its
 * standard input and output.  What QEMU does not understand ends the program.
 */
#ifndef GDB_H
#define GDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { GDB_PACKET = 1 << 14, GDB_SP = 13, GDB_LR = 14, GDB_PC = 15, GDB_XPSR = 25 };

struct gdb {
	pid_t pid;
	int to, from;
	bool ended;
	const char *machine, *image;
	uint32_t address;
	char packet[GDB_PACKET + 1];	/* the last that came */
};

/* Start QEMU with a machine and a flat image at an address; it waits at the reset vector. */
void gdb_start(struct gdb *g, const char *machine, const char *image, uint32_t address);

/*
 * Has QEMU ended?  It does when the processor locks up; from then on registers read as zeros, memory is not there, and what is done is
 * done to nobody.  Start it again, without breakpoints.
 */
bool gdb_ended(const struct gdb *g);
void gdb_again(struct gdb *g);
void gdb_stop(struct gdb *g);

uint32_t gdb_register(struct gdb *g, unsigned number);
void gdb_set_register(struct gdb *g, unsigned number, uint32_t value);

/* At most 2 KiB at once; false when there is no such memory. */
bool gdb_read(struct gdb *g, uint32_t at, void *to, size_t size);
bool gdb_write(struct gdb *g, uint32_t at, const void *from, size_t size);

void gdb_break(struct gdb *g, uint32_t at);
void gdb_unbreak(struct gdb *g, uint32_t at);

/* One instruction. */
void gdb_step(struct gdb *g);

/* Run from here to the next breakpoint; false when that took longer than so many milliseconds: then it was stopped. */
bool gdb_run(struct gdb *g, int limit_msec);

/* As if the reset button was pressed; stays at the reset vector. */
void gdb_reset(struct gdb *g);

#endif
