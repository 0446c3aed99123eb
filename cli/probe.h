/* SPDX-License-Identifier: Apache-2.0 */
/* Debug probes: which are plugged in, which is meant, and what OpenOCD is told of one. */
#ifndef PROBE_H
#define PROBE_H

#include "board.h"

/*
 * As people name it: "stlink", "cmsis-dap", "jlink", with ":SERIAL" where there are several; "remote:HOST:PORT" or
 * "remote:SOCKET" is a program that speaks OpenOCD's remote_bitbang.
 */
struct probe {
	const char *name, *kind;
	const char *serial;	/* NULL: any */
	const char *host;	/* of a remote one: host, or the path of a socket */
	uint16_t port;		/* 0: a socket */
};

/* The probes among a computer's USB devices, `root` being /sys/bus/usb/devices: struct probe *, by name. */
void probe_find(const char *root, struct arena *a, struct list *out);

/*
 * The probe of that name, or, NULL, the one that is plugged in.  -MS_EUSAGE naming those there are, when several could be meant, or
 * there are others of its kind; -MS_ETOOL: none.
 */
int probe_choose_in(const char *root, const char *name, struct arena *a, struct probe *out, struct err *e);

/* Among this computer's, and one that can reach the board: -MS_EUSAGE for a remote one, which speaks JTAG, before a chip that has none. */
int probe_choose(const char *name, const struct board *b, struct arena *a, struct probe *out, struct err *e);

/* The configuration of OpenOCD for a board behind a probe, as a text of Tcl. */
const char *probe_config(const struct probe *p, const struct board *b, struct arena *a);

/* Any text as one word of Tcl. */
const char *probe_word(const char *text, struct arena *a);

#endif
