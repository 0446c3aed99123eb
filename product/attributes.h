/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the compiler wrote into .ARM.attributes (Addenda to the ABI for the Arm
 * Architecture, "Build Attributes"): for which processor an object or an
 * executable is, and by which rules its functions call each other.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include "bytes.h"

/* The attributes of a whole file that matter to the ABI; one that is not said is 0. */
struct attributes {
	uint32_t architecture, profile;	/* Tag_CPU_arch; 'M', 'A', 'R', or 0 */
	uint32_t fpu;			/* Tag_FP_arch: 0 is none */
	uint32_t r9;			/* Tag_ABI_PCS_R9_use: 1 static base, 2 thread pointer */
	uint32_t wide_char, enums;	/* Tag_ABI_PCS_wchar_t in bytes; Tag_ABI_enum_size: 2 is always int */
	uint32_t float_calls;		/* Tag_ABI_VFP_args: 1 is in registers of the FPU */
};

/* Read a section.  false when it is malformed. */
bool attributes_read(struct bytes section, struct attributes *out);

/* "v7E-M", or "an unknown architecture". */
const char *attributes_architecture(const struct attributes *a);

/* Is it for a core that this target's executables run on, all of them (enum ms_target)? */
bool attributes_run(const struct attributes *a, uint8_t target);

#endif
