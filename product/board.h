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

enum { BOARD_DEVICE_MAX = 32, BOARD_STEP_MAX = 8 };

/* One register's bits: to be changed, or to be waited for. */
struct board_step { uint32_t address, mask, value; bool wait; };

/* How much the runtime has room for. */
enum board_limit {
#define BOARD_LIMIT(name, property, least, most, multiple, start) BOARD_LIMIT_##name,
#include "board_limits.def"
#undef BOARD_LIMIT
	BOARD_LIMIT_COUNT
};

/* A device that a product may grant: a node that /aliases names.  Its number in a rule is its index. */
struct board_device {
	const char *name;		/* "uart1" */
	struct board_window reg;	/* legal for the protection */
	uint32_t line, line_count;	/* interrupt lines, one after the other */
	struct board_step step[BOARD_STEP_MAX];	/* what makes it ready: clocks, resets, pins */
	uint32_t step_count;
	const char *compatible;		/* "arm,cmsdk-uart"; "" when the device tree does not say */
	const char *driver;		/* the service of ours that drives such a device (board_drivers.def), or NULL */
	bool console;			/* the runtime's console, unless the product gives it away */
	bool disabled;			/* not in use unless an overlay says so (devtree.h) */
	uint32_t serial;		/* which of the emulator's serial lines it is */
	const char *path;		/* of its node: "/soc/serial@40005000" */
};

/* What some register of the chip must say. */
struct board_check { uint32_t address, mask, value; };	/* mask 0: nothing is asked */

enum { BOARD_SECTOR_RUNS = 4 };

/* How a probe reaches the board; of sectors, so many of one size, from the beginning of the flash. */
struct board_probe {
	const char *target;		/* the script of OpenOCD's package that knows the chip; NULL: no probe reaches the board */
	const char *transport;		/* "swd", or "swd-multidrop" for a chip that shares it: it has no JTAG; NULL: it has both */
	const char *unlock;		/* the command of OpenOCD's that ends read protection, and erases all; NULL: none */
	struct board_check chip, unprotected, protected_for_ever;
	uint32_t jtag_id;		/* what the debug port says by JTAG that it is; 0: not known */
	uint32_t flash_kib;		/* address of the halfword that says how much flash the chip has; 0: none */
	bool tried;			/* with a real board, too, not only with a virtual one */
	struct board_sectors { uint32_t size, count; } sectors[BOARD_SECTOR_RUNS];
};

struct board {
	const char *name;		/* "mps2-an386" */
	const char *description;
	const char *processor;		/* "cortex-m4f" */
	uint8_t target;			/* enum ms_target */
	enum mpu_kind mpu;		/* MPU_NONE: services are not isolated */
	uint32_t mpu_regions;
	const char *qemu_machine;	/* NULL when it is not emulated */
	struct board_window flash, ram;	/* all of both */
	struct board_window part[BOARD_PART_COUNT];	/* in flash */
	struct board_window services_ram, runtime_ram;	/* in RAM, disjoint */
	uint32_t erase_size;		/* of flash */
	uint32_t cpu_hz;
	struct board_device devices[BOARD_DEVICE_MAX];
	uint32_t device_count;
	struct board_device console;	/* whether it may be granted or not: its steps and serial line */
	uint32_t alarm_line;		/* the interrupt of the runtime's own timer; UINT32_MAX: an exception of the processor */
	uint32_t limit[BOARD_LIMIT_COUNT];
	struct board_probe probe;
	struct bytes dtb;		/* the compiled device tree itself */
};

/* The device of this name, or NULL. */
const struct board_device *board_device_find(const struct board *b, const char *name);

/* The label of a part in the device tree: "runtime", "table-a", ... */
const char *board_part_name(enum board_part part);

/* Read a compiled device tree.  -MS_EFORMAT naming node and property when one is missing, malformed or contradicts another. */
int board_read(struct bytes dtb, const char *path, struct arena *a, struct board *out, struct err *e);
int board_open(const char *path, struct arena *a, struct board *out, struct err *e);

/* What the runtime is compiled and linked with: the texts of "board_facts.h", "board_capacity.h" and "memory.ld". */
struct board_files { struct bytes header, capacity, script; };
int board_facts(struct bytes dtb, const char *path, struct arena *a, struct board_files *out, struct err *e);

#endif
