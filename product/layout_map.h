/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A device's flash and RAM as maps: each byte of both belongs to exactly one piece, which says whose it is or why nobody has it.
 */
#ifndef LAYOUT_MAP_H
#define LAYOUT_MAP_H

#include "device.h"

enum layout_kind {
	LAYOUT_USED,		/* something lies there */
	LAYOUT_WASTED,		/* nothing can: the protection's or the flash's rules */
	LAYOUT_KEPT,		/* for what may come, or not the services' */
	LAYOUT_FREE,
	LAYOUT_KIND_COUNT
};

struct layout_piece {
	struct board_window at;
	enum layout_kind kind;
	const char *owner;		/* "client", "runtime", ...; NULL: nobody */
	const char *what;		/* "image", "RAM", "shared block", "gap", ... */
	const char *cause;		/* for programs, of what is wasted or kept: "region", "alignment", "erase-unit", "board"; else NULL */
	const char *reason;		/* a sentence about it; of what is used, what is in it; NULL: nothing to say */
	/* of what is used by a service: the extent that the protection covers, which begins here */
	struct board_window extent;
	uint32_t align;			/* both its ends are multiples of this */
	uint32_t region;		/* PMSAv7: size of the region that covers it, else 0 */
	uint8_t eighths;		/* a bit for each sub-region that is used, the lowest address first */
};

struct layout_memory {
	const char *name;		/* "flash", "RAM" */
	struct board_window all, services;
	struct layout_piece *at;	/* ascending; together exactly `all` */
	uint32_t count;
	uint32_t sum[LAYOUT_KIND_COUNT];
};

struct layout_map { struct layout_memory flash, ram; };

/* Of a device that device_check or device_build has placed. */
void layout_map(const struct device *d, struct arena *a, struct layout_map *out);

const char *layout_kind_name(enum layout_kind kind);

#endif
