/* SPDX-License-Identifier: Apache-2.0 */
/* The one way into the runtime on Arm: svc 0 (docs/abi.md, "Calls into the system").  In line wherever it is used: it is shorter than a call of it. */
#ifndef TRAP_H
#define TRAP_H

#include <stdint.h>

struct trap_result { int32_t status; uint64_t value; };

#define ARGUMENT(number, value) register uintptr_t r##number __asm__("r" #number) = (value)

/* For a call of at most four arguments: r4 and r5 need not be saved for it. */
static inline __attribute__((always_inline)) struct trap_result trap4(uint32_t number, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3)
{
	ARGUMENT(0, a0);
	ARGUMENT(1, a1);
	ARGUMENT(2, a2);
	ARGUMENT(3, a3);
	ARGUMENT(12, number);

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r12) : "memory");
	return (struct trap_result){ (int32_t)r0, (uint64_t)r2 << 32 | r1 };
}

static inline __attribute__((always_inline)) struct trap_result trap(uint32_t number, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
								     uintptr_t a4, uintptr_t a5)
{
	ARGUMENT(0, a0);
	ARGUMENT(1, a1);
	ARGUMENT(2, a2);
	ARGUMENT(3, a3);
	ARGUMENT(4, a4);
	ARGUMENT(5, a5);
	ARGUMENT(12, number);

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r4), "r"(r5), "r"(r12) : "memory");
	return (struct trap_result){ (int32_t)r0, (uint64_t)r2 << 32 | r1 };
}

#undef ARGUMENT

#endif
