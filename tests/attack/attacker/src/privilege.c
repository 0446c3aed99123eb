/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions that only privileged code may use, ways into the kernel that are none, and jumps to where it lies. */
#include "attempts.h"

#include <ms/abi/abi.h>

enum { CONTROL_PRIVILEGED_NOT = 1, ENTRY_SIZE = 8, SVC_SIZE = 4 };

/* Tables of code, an entry for each number: "msr n, r0; bx lr; nop" and "svc n; bx lr". */
void msr_table(uint32_t value);
void svc_table(void);
__asm__(
	".pushsection .text.tables, \"ax\", %progbits\n"
	".balign 8\n"
	".thumb_func\n"
	"msr_table:\n"
	".set n, 0\n"
	".rept 256\n"
	".inst.w 0xf3808800 + n\n"
	"bx lr\n"
	"nop\n"
	".set n, n + 1\n"
	".endr\n"
	".thumb_func\n"
	"svc_table:\n"
	".set n, 0\n"
	".rept 256\n"
	"svc n\n"
	"bx lr\n"
	".set n, n + 1\n"
	".endr\n"
	".popsection\n");

/* Still unprivileged, interrupts still come, the stack pointer is still ours: what a change of a register would undo. */
static bool something_changed(void)
{
	struct own o = own();
	uint32_t control, primask, sp;
	uint64_t before = ms_clock();

	__asm__ volatile("mrs %0, control\n\tmrs %1, primask\n\tmov %2, sp" : "=r"(control), "=r"(primask), "=r"(sp));
	pause_usec(200);
	return (isolated() && !(control & CONTROL_PRIVILEGED_NOT)) || primask || sp - o.ram > o.ram_end - o.ram ||
	       ms_clock() - before < 200000;
}

bool change_masks(uint32_t n)
{
	switch (n) {
	case 0: __asm__ volatile("cpsid i"); break;
	case 1: __asm__ volatile("cpsid f"); break;
	case 2: __asm__ volatile("cpsid if"); break;
	case 3: __asm__ volatile("cpsie i"); break;
	case 4: __asm__ volatile("cpsie f"); break;
	case 5: __asm__ volatile("cpsie if"); break;
	case 6: __asm__ volatile("cpsid i\n\tisb"); break;
	case 7: __asm__ volatile("cpsid f\n\tisb"); break;
	}
	return something_changed();
}

/* Numbers 0 to 7 are the flags, which are ours. */
bool write_special_registers(uint32_t n)
{
	static const uint32_t value[] = { 0, 1, 0x20, 0xffffffff, BOARD_RAM_BASE + 0x400 };

	for (unsigned i = 0; i < EACH(value); i++) {
		void (*entry)(uint32_t) = (void (*)(uint32_t))(uintptr_t)((uint32_t)(uintptr_t)msr_table + ENTRY_SIZE * n);

		entry(value[i]);
		if (something_changed())
			return true;
	}
	return false;
}

bool raise_privilege(uint32_t n)
{
	uint32_t control;

	(void)n;
	__asm__ volatile("mrs %0, control\n\tbic %0, #1\n\tmsr control, %0\n\tisb\n\tmrs %0, control" : "=r"(control));
	return !(control & CONTROL_PRIVILEGED_NOT);
}

/* The immediate means nothing: the number in r12 counts, whatever the immediate. */
static int32_t call_with_immediate(uint32_t immediate, uint32_t number)
{
	register uint32_t r0 __asm__("r0") = 0;
	register uint32_t ip __asm__("r12") = number;
	uint32_t entry = (uint32_t)(uintptr_t)svc_table + SVC_SIZE * immediate;

	__asm__ volatile("blx %[entry]" : "+r"(r0) : "r"(ip), [entry] "r"(entry) : "r1", "r2", "lr", "memory", "cc");
	return (int32_t)r0;
}

bool any_immediate(uint32_t n)
{
	return call_with_immediate(n, 0x7fff) != -MS_ENOSYS || call_with_immediate(n, MS_SYS_yield) != MS_OK;
}

static bool is_call(uint32_t number)
{
	switch (number) {
#define MS_SYSCALL(nr, name, arguments, speed, doc) case nr:
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
		return true;
	}
	return false;
}

/* Each of 16 bits, then each bit alone, then each bit beside a number that is one. */
bool unknown_call(uint32_t n)
{
	const uint32_t none[6] = { 0 };
	uint32_t bit = n - 65536;
	uint32_t number = n < 65536 ? n : bit < 32 ? 1u << bit : 1u << (bit - 32) | MS_SYS_yield;

	return !is_call(number) && call(number, none).status != -MS_ENOSYS;
}

bool run_kernel(uint32_t n) { return calls(BOARD_RUNTIME_BASE + 64 * ATTACK_STEP * n); }

/* The vectors cannot be read; what may stand there is tried: even addresses, odd ones, the table itself. */
bool run_vector(uint32_t n) { return calls(BOARD_RUNTIME_BASE + 4 * n); }

static const uint32_t exception_return[] = {
	0xfffffff1, 0xfffffff9, 0xfffffffd, 0xffffffe1, 0xffffffe9, 0xffffffed,
	0xffffffbc, 0xffffffb8, 0xffffffb1, 0xffffffff, 0xf0000001, 0xff000001,
};

bool jump_to_exception_return(uint32_t n)
{
	__asm__ volatile("bx %0" : : "r"(exception_return[n]) : "memory");
	return true;
}

bool pop_exception_return(uint32_t n)
{
	__asm__ volatile("push {%0}\n\tpop {pc}" : : "r"(exception_return[n]) : "memory");
	return true;
}

/* BXNS r0, to our own text and to none.  Nothing of it is left for the next fault to be taken for. */
bool leave_secure(uint32_t n)
{
	register uint32_t to __asm__("r0") = n ? own().text : 0;

	__asm__ volatile(".inst.n 0x4704" : : "r"(to) : "memory");
	return true;
}

bool breakpoint(uint32_t n)
{
	(void)n;
	__asm__ volatile("bkpt #0");
	return true;
}

bool undefined_instruction(uint32_t n)
{
	switch (n) {
	case 0: __asm__ volatile("udf #1"); break;
	case 1: __asm__ volatile("udf #255"); break;
	case 2: __asm__ volatile(".inst.w 0xf7f0a000"); break;	/* UDF.W */
	case 3: __asm__ volatile(".inst.w 0xf7ffafff"); break;
	case 4: __asm__ volatile(".inst.w 0xf7f08000"); break;	/* SMC */
	case 5: __asm__ volatile(".inst.w 0xf7e08000"); break;	/* HVC */
	case 6: __asm__ volatile(".inst.w 0xe98dc01f"); break;	/* SRS */
	case 7: __asm__ volatile(".inst.w 0xe99dc000"); break;	/* RFE */
	}
	return true;
}

bool use_fpu(uint32_t n)
{
	if (n == 0)
		__asm__ volatile(".inst.w 0xee300a00");		/* VADD.F32 s0, s0, s0 */
	else
		__asm__ volatile(".inst.w 0xeef10a10" : : : "r0");	/* VMRS r0, FPSCR */
	return true;
}
