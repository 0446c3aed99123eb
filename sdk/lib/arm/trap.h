/* SPDX-License-Identifier: Apache-2.0 */
/* The one way into the runtime on Arm: svc 0 (docs/abi.md, "Calls into the system"). */
#ifndef TRAP_H
#define TRAP_H

#include <stdint.h>

struct trap_result { int32_t status; uint64_t value; };

static inline struct trap_result trap(uint32_t number, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
				      uintptr_t a4, uintptr_t a5)
{
	register uintptr_t r0 __asm__("r0") = a0;
	register uintptr_t r1 __asm__("r1") = a1;
	register uintptr_t r2 __asm__("r2") = a2;
	register uintptr_t r3 __asm__("r3") = a3;
	register uintptr_t r4 __asm__("r4") = a4;
	register uintptr_t r5 __asm__("r5") = a5;
	register uint32_t ip __asm__("r12") = number;

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r4), "r"(r5), "r"(ip) : "memory");
	return (struct trap_result){ (int32_t)r0, (uint64_t)r2 << 32 | r1 };
}

#endif
