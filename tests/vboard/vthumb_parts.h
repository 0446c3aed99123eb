/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of vthumb: what instructions of 16 and of 32 bits share. */
#ifndef VTHUMB_PARTS_H
#define VTHUMB_PARTS_H

#include "vthumb.h"

enum { SP = 13, LR = 14, PC = 15, XPSR = 16, MSP = 17 };
#define FLAG_N 0x80000000u
#define FLAG_Z 0x40000000u
#define FLAG_C 0x20000000u
#define FLAG_V 0x10000000u

struct cpu {
	struct vbus *bus;
	uint32_t *r;
	uint32_t pc;		/* of this instruction */
	bool flags;		/* this instruction sets them: not inside of an IT block */
	bool wrong;
};

/* Flags follow the result if c->flags. */
void cpu_set_nz(struct cpu *c, uint32_t v);
uint32_t cpu_add(struct cpu *c, uint32_t x, uint32_t y, bool carry);
uint32_t cpu_subtract(struct cpu *c, uint32_t x, uint32_t y);

/* A bus error makes the instruction wrong. */
uint32_t cpu_load(struct cpu *c, uint32_t address, uint32_t size);
void cpu_load_store(struct cpu *c, bool is_load, uint32_t t, uint32_t address, uint32_t size);

void cpu_branch_to(struct cpu *c, uint32_t address);
bool cpu_condition(const struct cpu *c, uint32_t code);

/* A number of so many bits with its sign. */
uint32_t cpu_extended(uint32_t v, uint32_t bits);

void cpu_wide(struct cpu *c, uint32_t i, uint32_t j);

#endif
