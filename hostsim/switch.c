/* SPDX-License-Identifier: Apache-2.0 */
#include "switch.h"

#include <string.h>

/* What switch_to (switch_to.S) takes off a stack, lowest first. */
#if defined(__x86_64__)
struct frame {
	uint32_t mxcsr, x87_control;
	uintptr_t r15, r14, r13, r12, rbx, rbp;
	uintptr_t pc;
};

static void set(struct frame *f, void (*entry)(void))
{
	__asm__("stmxcsr %0" : "=m"(f->mxcsr));
	__asm__("fnstcw %0" : "=m"(f->x87_control));
	memcpy(&f->rbx, &entry, sizeof(entry));
}
#elif defined(__aarch64__)
struct frame {
	uint64_t d8_to_d15[8];
	uintptr_t x19, x20_to_x28[9], x29;
	uintptr_t pc;
};

static void set(struct frame *f, void (*entry)(void))
{
	memcpy(&f->x19, &entry, sizeof(entry));
}
#else
#error "the host simulation knows x86-64 and arm64"
#endif

void switch_begin(void);	/* switch_to.S */

struct switch_stack switch_new(uintptr_t top, void (*entry)(void))
{
	void (*begin)(void) = switch_begin;
	uintptr_t at = (top & ~(uintptr_t)15) - sizeof(struct frame);
	struct frame *f = (struct frame *)at;

	memset(f, 0, sizeof(*f));
	set(f, entry);
	memcpy(&f->pc, &begin, sizeof(begin));
	return (struct switch_stack){ f };
}
