/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a tool needs to know of a board, read from its device tree
 * (boards/<board>/board.dts, compiled), which is the one home of these facts.
 * The runtime gets the same facts as a C header and a linker script.
 */
#ifndef BOARD_H
#define BOARD_H

#include "arena.h"
#include "err.h"
#include "region.h"

enum board_part {
	BOARD_RUNTIME, BOARD_PROVISION, BOARD_TABLE_A, BOARD_TABLE_B, BOARD_SERVICES,
	BOARD_PART_COUNT
};

struct board_window { uint32_t base, size; };

struct board {
	const char *name;		/* "mps2-an386" */
	const char *description;
	uint8_t target;			/* enum ms_target */
	enum mpu_kind mpu;
	const char *qemu_machine;	/* NULL when it is not emulated */
	struct board_window flash, ram;	/* all of both */
	struct board_window part[BOARD_PART_COUNT];	/* in flash */
	struct board_window services_ram, runtime_ram;	/* in RAM, disjoint */
	uint32_t erase_size;		/* of flash */
	uint32_t cpu_hz;
};

/* The label of a part in the device tree: "runtime", "table-a", ... */
const char *board_part_name(enum board_part part);

/* Read a compiled device tree.  -MS_EFORMAT naming node and property when one is missing, malformed or contradicts another. */
int board_read(struct bytes dtb, const char *path, struct arena *a, struct board *out, struct err *e);
int board_open(const char *path, struct arena *a, struct board *out, struct err *e);

/* What the runtime is compiled and linked with: the text of "board_facts.h" and of "memory.ld". */
int board_facts(struct bytes dtb, const char *path, struct arena *a, struct bytes *header, struct bytes *script, struct err *e);

#endif
