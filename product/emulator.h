/* SPDX-License-Identifier: Apache-2.0 */
/* The emulated board: how QEMU is started for a device image. */
#ifndef EMULATOR_H
#define EMULATOR_H

#include "board.h"
#include "process.h"

struct emulator {
	const struct board *board;
	const char *flash;	/* file of the device image */
	bool fast;		/* sleeping takes no real time: the same run each time, on a busy computer too */
	uint16_t gdb_port;	/* 0: none; else gdb is served on this loopback port */
	uint16_t poke_port;	/* 0: none; else this loopback port takes what poke.h sends */
	bool gdb_first;		/* and nothing runs before it says so */
	const char *serial;	/* "uart1=FILE": what this device of the board sends goes to the file; NULL: nowhere */
	const char *console;	/* a file that gets a copy of what the console says; NULL: none */
	const char *plugin;	/* of the emulator, "FILE,name=value": no other commas; NULL: none */
};

/* What it is started as, for people: "qemu-system-arm -M mps2-an386"; NULL when it is not emulated. */
const char *emulator_machine(const struct board *b, struct arena *a);

/* Start it; its console comes by process_line.  -MS_ETOOL with the remedy without QEMU, -MS_EINCOMPATIBLE for a board that is not emulated. */
int emulator_start(const struct emulator *m, struct arena *a, struct process *p, struct err *e);

/* Is `serial` a device of the board that leads outside, and a file?  -MS_EUSAGE naming those there are. */
int emulator_check_serial(const struct board *b, const char *serial, struct arena *a, struct err *e);

/* A path as part of an option of the emulator's. */
const char *emulator_escaped(const char *path, struct arena *a);

/* Is this a line of the emulator's that no user needs to see? */
bool emulator_chatter(const char *line);

/* A loopback port that nobody listens on now. */
int emulator_free_port(uint16_t *port, struct err *e);

#endif
