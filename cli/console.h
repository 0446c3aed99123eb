/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines that a runtime prints (docs/abi.md, "The console's lines"), taken
 * apart.  They come from a device or a file: anything may stand in them.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

enum console_kind {
	CONSOLE_OTHER,		/* no line of the runtime's form */
	CONSOLE_LOG,		/* of a service */
	CONSOLE_RUNTIME,	/* what the runtime itself says */
	CONSOLE_FAULT,
};

enum { CONSOLE_LINE_MAX = 1024, CONSOLE_NAME_MAX = 63, CONSOLE_CAUSE_MAX = 95, CONSOLE_CALLS_MAX = 8 };

struct console_fault {
	char cause[CONSOLE_CAUSE_MAX + 1];
	bool has_address, has_offset, has_image, kernel;
	uint32_t address, pc, offset, lr, sp;
	uint8_t image[8];		/* the first bytes of the image's SHA-256 */
	struct console_call { uint32_t offset, words; } calls[CONSOLE_CALLS_MAX];	/* return addresses: offset in text, and words above sp */
	uint32_t call_count;
	bool earlier;			/* of before a reset: line.usec is its time then */
};

struct console_line {
	enum console_kind kind;
	uint64_t usec;			/* virtual time since boot */
	char service[CONSOLE_NAME_MAX + 1];	/* "" when the runtime speaks of no service */
	char severity[8];		/* of CONSOLE_LOG: "info" */
	char text[CONSOLE_LINE_MAX];	/* what follows; the whole line when CONSOLE_OTHER */
	struct console_fault fault;
};

/* Take a line (without its end) apart; one of an unknown form is CONSOLE_OTHER, never a failure. */
void console_parse(const char *line, struct console_line *out);

#endif
